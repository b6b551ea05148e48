// What a chart says at a place: anywhere under the pointer, or step by step with the arrow keys.
const tip = element("div", "", { class: "tip", role: "status" });
tip.hidden = true;

function hover(plot) {
  let index = -1;
  const { kind } = plot.data, places = plot.places;
  if (kind === "ends" || !plot.rows.length) return;
  const several = kind !== "points" || plot.curves.some(curve => curve.at.length > 1);

  const leave = () => {
    index = -1;
    tip.hidden = true;
    all(".over", plot.svg).forEach(part => part.remove());
  };

  function nearest([x, y]) {
    if (!several) {
      const away = plot.curves.map((curve, place) => curve.at.length && known(curve.value[0]) && !plot.hidden.has(place)
        ? Math.hypot(plot.across(curve.at[0]) - x, plot.up(curve.value[0]) - y) : Infinity);
      return away.indexOf(Math.min(...away));
    }
    const away = places.map(place => Math.abs(plot.across(place) - x));
    return away.indexOf(Math.min(...away));
  }

  function lines(place, row) {
    if (kind === "shades") {
      const more = Object.entries(plot.data.more).map(([name, cells]) => [name, known(cells[row][place]) ? cells[row][place] : "unknown"]);
      return [[`${plot.data.of} ${plot.head[place + 1]}, ${plot.data.beside} ${plot.rows[row][0]}`, ""], [plot.data.shade, plot.rows[row][place + 1]], ...more];
    }
    if (!several) return [[plot.curves[place].label, ""], ...plot.head.slice(1).map((name, cell) => [name, plot.rows[place][cell + 1]])];
    return [[`${plot.data.of} ${plot.rows[place][0]}`, ""], ...plot.curves.map((curve, c) => [curve.label, plot.rows[place][c + 1], curve.colour, c])
      .filter(([, text, , c]) => text && !plot.hidden.has(c))];
  }

  function show(place, row = 0) {
    index = place;
    all(".over", plot.svg).forEach(part => part.remove());
    const over = shape("g", { class: "over" }), [left, top, width, height] = plot.data.box;
    const x = plot.across(several ? places[place] : plot.curves[place].at[0]);
    if (kind !== "shades") over.append(shape("path", { class: "guide", d: `M${x} ${top}V${top + height}` }));
    plot.curves.forEach((curve, c) => {
      const at = several ? curve.at.indexOf(places[place]) : c === place ? 0 : -1;
      if (at < 0 || !known(curve.value[at]) || plot.hidden.has(c) || kind === "bars" || (plot.log && curve.value[at] <= 0)) return;
      over.append(shape("circle", { cx: plot.across(curve.at[at]), cy: plot.up(curve.value[at]), r: 4, fill: curve.colour }));
    });
    plot.svg.append(over);
    say(plot, lines(place, row), plot.across(several ? places[place] : plot.curves[place].at[0]) < left + width / 2);
  }

  function point(event) {
    const place = plot.place(event);
    if (kind !== "shades") return show(nearest(place));
    const away = plot.data.up.map(up => Math.abs(plot.up(up) - place[1]));
    show(nearest(place), away.indexOf(Math.min(...away)));
  }

  const last = (several ? places : plot.curves).length - 1;
  const keys = { ArrowRight: () => Math.min(index + 1, last), ArrowLeft: () => index < 0 ? last : Math.max(index - 1, 0), Home: () => 0, End: () => last };
  plot.leave = leave;
  plot.show = x => { if (places.includes(x)) show(places.indexOf(x)); };
  plot.drawing.addEventListener("pointermove", point);
  plot.drawing.addEventListener("pointerdown", point);
  plot.drawing.addEventListener("pointerleave", leave);
  plot.drawing.addEventListener("blur", leave);
  plot.drawing.addEventListener("click", () => { if (several && plot.data.of === "generation" && index >= 0) remember(places[index], plot); });
  plot.drawing.addEventListener("keydown", event => {
    if (event.key === "Escape" && !tip.hidden) { leave(); event.stopPropagation(); }
    if (event.key in keys) { event.preventDefault(); show(keys[event.key]()); }
    if (event.key === "Enter") plot.drawing.click();
  });
  plot.drawing.tabIndex = 0;
  plot.drawing.setAttribute("role", "group");
  plot.drawing.setAttribute("aria-roledescription", "chart; arrow keys read it");
}

function say(plot, lines, right) {
  tip.replaceChildren(...lines.map(([name, text, colour]) => {
    const row = element("p"), key = element("i");
    if (colour) key.style.background = colour;
    row.append(...(colour ? [key] : []), element(text ? "span" : "b", name), element("span", text));
    return row;
  }));
  if (tip.parentNode !== plot.drawing) plot.drawing.append(tip);
  tip.classList.toggle("right", right);
  tip.hidden = false;
}
