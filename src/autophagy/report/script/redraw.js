// A chart drawn anew from its numbers, where a curve is hidden, seeds are shown or the axis is logarithmic.
const known = number => number !== null && number !== undefined;

const SCALED = ["lines", "points"]; // kinds of charts whose axis can change

function redraw(plot) {
  plot.leave?.();
  plot.svg.replaceChildren(...plot.source.cloneNode(true).childNodes);
  [plot.low, plot.high] = plot.data.y;
  plot.log = plot.wanted && (plot.data.y[2] || numbers(plot).some(number => number > 0));
  sayOfSmoothing(plot);
  const moved = SCALED.includes(plot.data.kind) && (plot.log !== plot.data.y[2] || plot.seeds || plot.smooth || plot.hidden.size);
  for (const place of plot.hidden) all(`.c${place}`, plot.svg).forEach(part => part.remove());
  if (!moved || !plot.shown.length) return;
  const before = rescaled(plot);
  limits(plot);
  plot.curves.forEach((curve, place) => { if (!plot.hidden.has(place)) move(plot, curve, place, before); });
  level(plot);
  ticks(plot);
}

function numbers(plot) {
  const shown = plot.shown.flatMap(curve => [
    ...curve.value, ...(curve.low ?? []), ...(curve.high ?? []), ...(plot.seeds ? Object.values(curve.seeds ?? {}).flat() : []),
  ]);
  return [...shown, ...(plot.data.level ?? [])].filter(known);
}

function limits(plot) {
  const found = numbers(plot).filter(number => !plot.log || number > 0);
  const low = Math.min(...found), high = Math.max(...found);
  if (!found.length) return;
  if (plot.log) {
    const room = high > low ? (high / low) ** .06 : 1.5;
    [plot.low, plot.high] = [low / room, high * room];
  } else {
    const room = .06 * (high - low) || .5 * Math.abs(high) || .5;
    [plot.low, plot.high] = [plot.data.floor && low >= 0 ? 0 : low - room, high + room];
  }
}

// A value that a logarithmic axis cannot have stands at its lower end.
const height = (plot, y) => plot.up(plot.log ? Math.max(y, plot.low) : y).toFixed(1);
const point = (plot, x, y) => `${plot.across(x).toFixed(1)} ${height(plot, y)}`;

function line(plot, at, values) {
  let path = "", open = false;
  at.forEach((x, index) => {
    const drawn = known(values[index]) && !(plot.log && values[index] <= 0);
    if (drawn) path += `${open ? "L" : "M"}${point(plot, x, values[index])}`;
    open = drawn;
  });
  return path;
}

function band(plot, curve) {
  const parts = [];
  let part = [];
  [...curve.at, null].forEach((x, index) => {
    if (x !== null && known(curve.low[index])) return void part.push(index);
    if (part.length) parts.push(part);
    part = [];
  });
  return parts.map(each => {
    const there = each.map(index => point(plot, curve.at[index], curve.high[index]));
    const back = [...each].reverse().map(index => point(plot, curve.at[index], curve.low[index]));
    return `M${[...there, ...back].join("L")}z`;
  }).join("");
}

// A path of markers: steps from a point each, of which the point alone moves.
function markers(plot, curve, path) {
  return path.replace(/M(-?[\d.]+) (-?[\d.]+)(m[^M]*)/g, (_, x, y, steps) => {
    const distance = index => Math.abs(plot.across(curve.at[index]) - x);
    const nearest = curve.at.reduce((best, _, index) => distance(index) < distance(best) ? index : best, 0);
    const value = curve.value[nearest];
    return known(value) && !(plot.log && value <= 0) ? `M${point(plot, curve.at[nearest], value)}${steps}` : "";
  });
}

// From a height in the drawing as it was made to where its value stands now.
function rescaled(plot) {
  const [, top, , tall] = plot.data.box, [low, high, log] = plot.data.y;
  return y => {
    const share = 1 - (y - top) / tall;
    return height(plot, log ? low * (high / low) ** share : low + share * (high - low));
  };
}

// Points, their bars and their letters keep their form and change their height.
function lift(plot, place, before) {
  for (const part of all(`.c${place}.points, .c${place}.reach, .c${place}.mark`, plot.svg)) {
    for (const path of part.matches("path") ? [part] : all("path", part)) {
      path.setAttribute("d", path.getAttribute("d").replace(/([ML])(-?[\d.]+) (-?[\d.]+)/g, (_, step, x, y) => `${step}${x} ${before(Number(y))}`));
    }
    for (const text of part.matches("text") ? [part] : all("text", part)) {
      const drop = 3.2; // of a base line below the middle of a letter
      text.setAttribute("y", Number(before(Number(text.getAttribute("y")) - drop)) + drop);
    }
  }
}

function move(plot, curve, place, before) {
  lift(plot, place, before);
  const parts = all(`.c${place}.line`, plot.svg);
  for (const path of parts.flatMap(part => part.matches("path") ? [part] : all("path", part))) {
    const old = path.getAttribute("d");
    const marked = /M[^a-zA-Z]+m/.test(old);
    if (marked && plot.smooth) path.remove();
    else path.setAttribute("d", marked ? markers(plot, curve, old) : line(plot, curve.at, plot.smooth ? smoothed(curve) : curve.value));
  }
  const [shade] = all(`.c${place}.band`, plot.svg);
  if (shade) shade.setAttribute("d", band(plot, curve));
  if (plot.smooth) parts[0]?.before(raw(plot, curve, place));
  for (const values of plot.seeds ? Object.values(curve.seeds ?? {}) : []) {
    const thin = { d: line(plot, curve.at, values), stroke: curve.colour, class: `c${place} seed` };
    parts[0]?.before(shape("path", thin));
  }
}

function level(plot) {
  const [value, low, high] = plot.data.level ?? [];
  const [left, , width] = plot.data.box, right = left + width;
  for (const path of all("path.level", plot.svg)) {
    const filled = !path.hasAttribute("stroke-dasharray");
    if (plot.log && value <= 0) path.remove();
    if (!filled && known(value)) path.setAttribute("d", `M${left} ${height(plot, value)}L${right} ${height(plot, value)}`);
    if (filled && known(low)) {
      const [top, bottom] = [height(plot, high), height(plot, low)];
      path.setAttribute("d", `M${left} ${bottom}L${right} ${bottom}L${right} ${top}L${left} ${top}z`);
    }
  }
}

// Few round numbers between two ends.
function steps(low, high, log) {
  if (log) {
    const powers = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      powers.push(...(high / low < 100 ? [1, 2, 5] : [1]).map(digit => digit * 10 ** power));
    }
    const fit = powers.filter(value => value >= low && value <= high);
    if (fit.length > 2) return fit.filter((_, index) => index % Math.ceil(fit.length / 6) === 0);
  }
  const rough = (high - low) / 5, size = 10 ** Math.floor(Math.log10(rough));
  const step = size * [1, 2, 2.5, 5, 10].find(digit => digit * size >= rough);
  const count = Math.floor(high / step) - Math.ceil(low / step) + 1;
  return Array.from({ length: count }, (_, index) => (Math.ceil(low / step) + index) * step);
}

const DURATIONS = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"], [1e-3, "ms"], [1e-6, "µs"]];

function words(value, unit) {
  if (unit === "seconds") {
    const [step, name] = DURATIONS.find(([step]) => value >= step * (1 - 1e-9)) ?? DURATIONS.at(-1);
    return value ? `${Number((value / step).toPrecision(3))} ${name}` : "0";
  }
  if (unit === "share") return `${Number((100 * value).toPrecision(4))} %`;
  const size = Math.abs(value);
  if (size < 1e-12) return "0";
  return size >= 1e6 || size < 1e-4 ? value.toExponential().replace("+", "").replace("-", "−") : Number(value.toPrecision(6)).toLocaleString("en").replace("-", "−");
}

function ticks(plot) {
  const old = all(".yt", plot.svg), [grid] = all("path.grid", plot.svg);
  if (!old.length || !grid) return;
  const values = steps(plot.low, plot.high, plot.log), [left, , width] = plot.data.box;
  grid.setAttribute("d", values.map(value => `M${left} ${height(plot, value)}L${left + width} ${height(plot, value)}`).join(""));
  const fresh = values.map(value => {
    const text = old[0].cloneNode();
    text.textContent = words(value, plot.data.unit);
    text.setAttribute("y", (Number(height(plot, value)) + 3).toFixed(1));
    return text;
  });
  old[0].before(...fresh);
  old.forEach(text => text.remove());
}
