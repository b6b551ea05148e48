// The buttons of a chart, and those of a key that stands for many charts.
const plots = all("[data-plot]").map(figure => new Plot(figure));
const large = element("dialog", "", { class: "large", "aria-label": "The chart, enlarged" });
document.body.append(large);

function enlarge(plot) {
  const gap = document.createComment(""), { figure } = plot;
  figure.replaceWith(gap);
  large.replaceChildren(figure, button("Close", () => large.close(), { class: "close" }));
  large.addEventListener("close", () => { gap.replaceWith(figure); plot.opener.focus(); }, { once: true });
  large.showModal();
}
large.addEventListener("click", event => { if (event.target === large) large.close(); });

const pressed = (place, on) => place.setAttribute("aria-pressed", String(on));

function toggle(text, act) {
  const made = button(text, () => {
    const on = made.getAttribute("aria-pressed") !== "true";
    pressed(made, on);
    act(on);
  }, { "aria-pressed": "false" });
  return made;
}

function equip(plot) {
  const { figure, data: { kind, name, title } } = plot, behind = figure.querySelector("details.data");
  plot.head = all("thead :is(th, td)", behind).map(cell => cell.textContent);
  plot.opener = button("Enlarge", () => large.open ? large.close() : enlarge(plot), { class: "enlarge", "aria-label": `Enlarge ${title}` });
  behind.before(plot.opener);
  const file = `${name}`.slice(0, 80), bar = element("p", "", { class: "take" });
  bar.append(
    button("Copy SVG", event => copy(svgOf(plot), event.currentTarget)),
    button("Download SVG", () => download(svgOf(plot), "image/svg+xml", `${file}.svg`)),
    button("Copy CSV", event => copy(csvOf(plot), event.currentTarget)),
    button("Download CSV", () => download(csvOf(plot), "text/csv", `${file}.csv`)),
  );
  if (SCALED.includes(kind)) bar.prepend(...axes([plot]));
  behind.querySelector("summary").after(bar);
  hover(plot);
}

// The buttons that charts over an axis have in common.
function axes(charts) {
  const made = [], linear = charts.filter(plot => !plot.data.y[2] && plot.data.floor); // what can be negative has no logarithm
  if (linear.length) made.push(toggle("Logarithmic axis", on => linear.forEach(plot => { plot.wanted = on; redraw(plot); })));
  if (charts.some(plot => plot.data.kind === "lines" && plot.curves.some(curve => curve.seeds))) {
    made.push(toggle("Seeds", on => charts.forEach(plot => { plot.seeds = on; redraw(plot); })));
  }
  const long = charts.filter(plot => plot.data.kind === "lines" && plot.curves.some(curve => curve.at.length >= SMOOTHED));
  if (long.length) made.push(toggle("Smooth", on => long.forEach(plot => { plot.smooth = on; redraw(plot); })));
  return made;
}

// A label becomes a button that hides its curve in every chart of the section, and shows it again.
function key(list) {
  const within = list.closest("section"), charts = plots.filter(plot => within.contains(plot.figure));
  for (const item of all("[data-label]", list)) {
    const { label } = item.dataset;
    const made = element("button", "", { type: "button", "aria-pressed": "true", title: "Hide or show" });
    made.append(...item.childNodes);
    made.addEventListener("click", () => {
      const on = made.getAttribute("aria-pressed") === "true";
      pressed(made, !on);
      charts.forEach(plot => plot.hide(label, on));
    });
    item.append(made);
  }
  const lines = charts.filter(plot => SCALED.includes(plot.data.kind)), item = element("li", "", { class: "axes" });
  if (!lines.length) return;
  item.append(...axes(lines));
  list.append(item);
}

plots.forEach(equip);
all(".tools").forEach(key);
for (const place of all("pre.line")) {
  const text = place.textContent;
  place.append(button("Copy", event => copy(text, event.currentTarget), { class: "copy" }));
}
