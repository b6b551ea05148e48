// Curves as running means, which is said below the chart; the recorded values stay as points.
const SMOOTHED = 8; // places from which on a curve can be smoothed

const half = curve => Math.max(2, Math.round(curve.at.length / 20));

// The mean of the known values around each place, as many on either side, so that no end is pulled inward.
function smoothed(curve) {
  const last = curve.value.length - 1;
  return curve.value.map((value, index) => {
    if (!known(value)) return value;
    const reach = Math.min(half(curve), index, last - index);
    const around = curve.value.slice(index - reach, index + reach + 1).filter(known);
    return around.reduce((sum, each) => sum + each, 0) / around.length;
  });
}

const spanOf = plot => 2 * Math.max(...plot.curves.map(half)) + 1;
const smoothWords = plot => `Smoothed: each line is a mean over up to ${spanOf(plot)} places of the axis, fewer at its ends. Points and bands are as recorded.`;

function sayOfSmoothing(plot) {
  plot.figure.querySelector(".smoothing")?.remove();
  if (plot.smooth) plot.drawing.before(element("p", smoothWords(plot), { class: "smoothing", role: "status" }));
}

// A point for each recorded value of a curve.
function raw(plot, curve, place) {
  const points = curve.at.map((x, index) => [x, curve.value[index]]).filter(([, value]) => known(value) && !(plot.log && value <= 0));
  const group = shape("g", { class: `c${place} raw`, fill: curve.colour });
  group.append(...points.map(([x, value]) => shape("circle", { cx: plot.across(x).toFixed(1), cy: height(plot, value), r: 1.6, "fill-opacity": .55 })));
  return group;
}
