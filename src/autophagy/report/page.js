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

  function picture(place, frame, panel, step, generation) {
    const image = place.querySelector("img");
    if (frame) image.src = frame;
    image.classList.toggle("gone", !frame);
    image.alt = frame ? `Rows of ${panel.label} at generation ${generation}` : "";
    place.querySelector(".figures").textContent = panel.figures[step];
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function write(place, frame) {
    const words = ([text, lost]) => lost ? element("del", text) : document.createTextNode(text);
    place.querySelector(".made").replaceChildren(...(frame?.made ?? []).map(text => element("p", text)));
    place.querySelector(".lost").replaceChildren(...(frame?.real ?? []).map(words));
  }

  function player(section) {
    const { generations, panels } = data.players[section.dataset.player];
    const places = [...section.querySelectorAll("[data-panel]")];
    const slider = section.querySelector("input");
    const button = section.querySelector("button");
    const said = section.querySelector("output b");
    let timer = null;

    function show(step) {
      const generation = generations[step];
      slider.value = step;
      slider.setAttribute("aria-valuetext", `generation ${generation}`);
      said.textContent = generation;
      panels.forEach((panel, index) => {
        const frame = panel.frames[step];
        if (places[index].classList.contains("text")) write(places[index], frame);
        else picture(places[index], frame, panel, step, generation);
        places[index].querySelector(".note").textContent = frame ? panel.notes[step] : "not recorded";
      });
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      button.textContent = "Play";
      button.setAttribute("aria-pressed", "false");
    }

    function play() {
      if (timer) return stop();
      const last = generations.length - 1;
      if (Number(slider.value) === last) show(0);
      button.textContent = "Pause";
      button.setAttribute("aria-pressed", "true");
      timer = setInterval(() => {
        show(Number(slider.value) + 1);
        if (Number(slider.value) === last) stop();
      }, 700);
    }

    slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
    button.addEventListener("click", play);
    button.disabled = generations.length < 2;
    show(generations.length - 1); // at the first generation all regimes are the same
  }

  document.querySelectorAll("[data-player]").forEach(player);
  draw();
  dark.addEventListener("change", draw);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
})();
