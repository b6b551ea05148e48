// A chart on the page: its drawing, its numbers, and which of its curves are shown.
class Plot {
  constructor(figure) {
    this.figure = figure;
    this.key = figure.id;
    this.data = data.plots[figure.id];
    this.drawing = figure.querySelector(".drawing");
    this.svg = figure.querySelector("svg.plot");
    this.source = this.svg.cloneNode(true);
    this.rows = all("tbody tr", figure.querySelector("details.data")).map(row => [...row.cells].map(cell => cell.textContent));
    this.curves = this.data.curves ?? [];
    this.hidden = new Set();
    this.log = this.wanted = this.data.y[2]; // a logarithmic axis, in force and asked for
    this.seeds = this.smooth = false;
    [this.low, this.high] = this.data.y;
  }

  get run() { return this.figure.closest("article")?.id ?? ""; }
  get shown() { return this.curves.filter((_, place) => !this.hidden.has(place)); }
  get places() { // every x at which something is drawn, once and in order
    const at = this.data.at ?? this.curves.flatMap(curve => curve.at);
    return [...new Set(at)].sort((a, b) => a - b);
  }

  // From a value to a unit of the drawing.
  across(x) {
    const [left, , width] = this.data.box, [low, high, log] = this.data.x;
    const share = log ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low);
    return left + share * width;
  }
  up(y) {
    const [, top, , height] = this.data.box;
    const share = this.log ? Math.log(y / this.low) / Math.log(this.high / this.low) : (y - this.low) / (this.high - this.low);
    return top + (1 - share) * height;
  }

  // Where a pointer is, in units of the drawing.
  place(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [point.x, point.y];
  }

  hide(label, on) {
    this.curves.forEach((curve, place) => {
      if (curve.label === label || curve.label.startsWith(`${label} (`)) this.hidden[on ? "add" : "delete"](place);
    });
    redraw(this);
  }
}
