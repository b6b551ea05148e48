(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Colours that follow the scheme are written by name in the data.
  const named = () => ({
    ink: style("--quiet"),
    card: style("--card"),
    "origin-fixed": style("--fixed"),
    "origin-fresh": style("--fresh"),
    "origin-synthetic": style("--synthetic"),
    "origin-teacher": style("--teacher"),
  });

  function painted(trace, colours) {
    const copy = structuredClone(trace);
    for (const part of [copy.line, copy.marker, copy.marker?.line, copy.textfont]) {
      if (part) part.color = colours[part.color] ?? part.color;
    }
    if (copy.type === "bar") {
      copy.marker.pattern = { ...copy.marker.pattern, fgcolor: style("--card"), fillmode: "overlay" };
    }
    return copy;
  }

  function layout(own) {
    const axis = { gridcolor: style("--grid"), linecolor: style("--line"), zeroline: false, fixedrange: true, exponentformat: "power" };
    const font = { family: getComputedStyle(document.body).fontFamily, size: 12, color: style("--quiet") };
    return {
      ...own,
      xaxis: { ...axis, showgrid: false, ...own.xaxis },
      yaxis: { ...axis, nticks: 6, automargin: true, ...own.yaxis },
      font,
      margin: own.margin ?? { l: 40, r: 6, t: 12, b: 38 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      showlegend: false,
      hovermode: "closest",
      dragmode: false,
      bargap: 0.25,
      hoverlabel: { bgcolor: style("--card"), bordercolor: style("--line"), font: { ...font, color: style("--ink") } },
    };
  }

  function draw() {
    const colours = named();
    for (const place of document.querySelectorAll("[data-chart]")) {
      const figure = data.charts[place.dataset.chart];
      Plotly.react(place, figure.data.map(trace => painted(trace, colours)), layout(figure.layout), still);
      for (const drawing of place.querySelectorAll(".main-svg")) { // so that paper, which is narrower, can scale it
        drawing.setAttribute("viewBox", `0 0 ${drawing.getAttribute("width")} ${drawing.getAttribute("height")}`);
      }
    }
  }

  // Paper is white, whatever the screen is, and shows how a run ended.
  function paper(on) {
    document.documentElement.classList.toggle("paper", on);
    draw();
  }

  draw();
  dark.addEventListener("change", draw);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
})();
