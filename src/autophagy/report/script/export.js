// A chart to take away: as SVG that stands by itself, and its numbers as CSV.
function svgOf(plot) {
  const copy = plot.svg.cloneNode(true), own = all("*", plot.svg), style = getComputedStyle(document.body);
  all("*", copy).forEach((part, index) => {
    for (const name of ["fill", "stroke"]) {
      if (part.getAttribute(name)?.startsWith("var(")) part.setAttribute(name, getComputedStyle(own[index])[name]);
    }
    if (part.matches(".seed")) part.setAttribute("style", "fill:none;stroke-width:.6;stroke-opacity:.5");
  });
  all(".over", copy).forEach(part => part.remove());
  const [, , width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
  const keys = plot.curves.map((curve, place) => [curve.label, curve.colour, place]).filter(([, , place]) => !plot.hidden.has(place));
  copy.setAttribute("viewBox", `0 -20 ${width} ${height + 24 + 13 * keys.length}`);
  copy.setAttribute("font-family", style.fontFamily);
  copy.append(shape("text", { x: 4, y: -7, "font-size": 11, "font-weight": 600 }, plot.smooth ? `${plot.data.title} (smoothed)` : plot.data.title));
  keys.forEach(([label, colour], row) => {
    const y = height + 10 + 13 * row;
    copy.append(shape("rect", { x: 8, y: y - 7, width: 8, height: 8, fill: colour }), shape("text", { x: 22, y, "font-size": 9 }, label));
  });
  return new XMLSerializer().serializeToString(copy);
}

// A text that begins like a formula is kept from being one.
function field(value) {
  const text = String(value ?? ""), safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvOf(plot) {
  if (!plot.curves.length) return [plot.head, ...plot.rows].map(row => row.map(field).join(",")).join("\n") + "\n";
  const seeds = [...new Set(plot.curves.flatMap(curve => Object.keys(curve.seeds ?? {})))];
  const rows = plot.curves.flatMap(curve => curve.at.map((x, index) => [
    curve.label, x, curve.value[index], curve.low?.[index], curve.high?.[index], ...seeds.map(seed => curve.seeds?.[seed]?.[index]),
  ]));
  const head = ["series", plot.data.of, "value", "low", "high", ...seeds.map(seed => `seed ${seed}`)];
  return [head, ...rows].map(row => row.map(field).join(",")).join("\n") + "\n";
}

function download(text, kind, name) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = element("a", "", { href: address, download: name.replace(/[^\w.-]+/g, "-") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function copy(text, place) {
  const before = place.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no right to the clipboard: by a field that is selected, as browsers had it before
    const field = element("textarea");
    field.value = text;
    place.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    place.focus();
  }
  place.textContent = "Copied";
  setTimeout(() => { place.textContent = before; }, 1500);
}
