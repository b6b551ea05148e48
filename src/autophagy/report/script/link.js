// A link to a generation and a figure, as #g=7&m=recall (and &r=run-2 for the second run); and what paper shows.
function remember(generation, plot) {
  const asked = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  asked.set("g", generation);
  if (plot) asked.set("m", plot.data.name);
  if (plot && plot.run && plot.run !== "run-1") asked.set("r", plot.run);
  try {
    history.replaceState(null, "", `#${asked}`);
  } catch { // a page in a frame of its own may not have an address
  }
}

function go() {
  if (!location.hash.includes("=")) return;
  const asked = new URLSearchParams(location.hash.slice(1)), generation = Number(asked.get("g"));
  const run = asked.get("r") ?? "run-1";
  for (const player of asked.has("g") ? players : []) {
    const away = player.generations.map(each => Math.abs(each - generation));
    player.show(away.indexOf(Math.min(...away)));
  }
  const plot = plots.find(each => each.data.name === asked.get("m") && each.run === run) ?? plots.find(each => each.data.name === asked.get("m"));
  if (!plot) return;
  for (let part = plot.figure; part; part = part.parentElement?.closest("details")) if (part.matches("details")) part.open = true;
  plot.figure.scrollIntoView({ block: "center", behavior: "instant" });
  plot.show?.(generation);
}
addEventListener("hashchange", go);
go();

// Paper is white, shows how a run ended, and has no way to open what is folded.
let folded = [];
addEventListener("beforeprint", () => {
  document.documentElement.classList.add("paper");
  players.forEach(player => { player.stop(); player.before = player.step; player.show(player.last); });
  folded = all("details.more:not([open], .deep)");
  folded.forEach(part => { part.open = true; });
});
addEventListener("afterprint", () => {
  document.documentElement.classList.remove("paper");
  players.forEach(player => player.show(player.before ?? player.last));
  folded.forEach(part => { part.open = false; });
});
