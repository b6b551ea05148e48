// The figure that a page opens with: any of those behind it can take its place.
function pick(place) {
  const section = place.closest("section"), others = section.querySelector(".others");
  if (!others) return;
  const charts = [place.querySelector("[data-plot]"), ...all("[data-plot]", others)];
  const label = element("label", "Figure ", { class: "picker" }), list = element("select");
  charts.forEach((chart, index) => list.append(element("option", data.plots[chart.id].title, { value: index })));
  list.addEventListener("change", () => show(charts[list.value]));

  function show(chart) {
    const shown = place.querySelector("[data-plot]");
    if (shown === chart) return;
    const gap = document.createComment("");
    chart.replaceWith(gap);
    shown.replaceWith(chart);
    gap.replaceWith(shown);
  }
  label.append(list);
  place.prepend(label);
  others.hidden = true; // the list leads to each of them
  addEventListener("beforeprint", () => { others.hidden = false; });
  addEventListener("afterprint", () => { others.hidden = true; });
}
all(".pick").forEach(pick);
