"use strict";
// Follows a run: its state and figures at once, its page as often as it can be made.
const element = name => document.getElementById(name);
const frame = element("page");
const AT_LEAST = 2000; // milliseconds between two makings of the page
let version = frame.dataset.version, wanted = version, busy = true, began = performance.now(), scrolled = 0;

function show(figures) {
  element("figures").replaceChildren(...figures.map(figure => {
    const row = document.createElement("div"), term = document.createElement("dt"), value = document.createElement("dd");
    term.textContent = figure.of + (figure.at && ", generation " + figure.at);
    value.textContent = figure.figure + " " + figure.value;
    row.append(term, value);
    return row;
  }));
}

function reload() {
  if (busy || wanted === version) return;
  version = wanted;
  busy = true;
  began = performance.now();
  frame.src = "page?" + encodeURIComponent(version);
}

function rest() {
  busy = false;
  reload();
}

frame.addEventListener("load", () => {
  frame.contentWindow.postMessage({ scrolled }, "*");
  const took = performance.now() - began;
  setTimeout(rest, Math.max(AT_LEAST, 3 * took));
});
setTimeout(rest, AT_LEAST); // the first page may have been there before this script
addEventListener("message", event => { // from the page, which may say a number and nothing else
  if (event.source === frame.contentWindow && Number.isFinite(event.data?.scrolled)) scrolled = event.data.scrolled;
});

const source = new EventSource("events");
source.onmessage = event => {
  const told = JSON.parse(event.data);
  element("state").textContent = told.state;
  element("state").className = "state " + told.state;
  element("reached").textContent = told.reached;
  show(told.figures);
  if (told.state === "done" || told.state === "gone") source.close();
  wanted = told.version || wanted;
  reload();
};
source.onerror = () => { element("state").textContent = "no connection: is autophagy view still running?"; };
source.onopen = () => { element("state").textContent = ""; };
