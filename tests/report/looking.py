"""What a browser sees of a page: whatever sticks out, is empty, is hidden without scripts, or is cut off.

Each check returns what is at fault, in words that lead there, and nothing where all is well.
"""

from typing import Any

NAMED = """
const named = each => {
  const called = each.id || each.className?.baseVal || each.className;
  return `${each.tagName} ${called}: ${each.textContent.trim().slice(0, 60)}`;
};"""
# what scrolls by itself may be wider than the screen
WIDER = """
const { scrollWidth } = document.documentElement;
if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} wide`);
for (const each of document.querySelectorAll("main *, footer *")) {
  if (!each.checkVisibility() || each.closest(".scroll, pre, svg, .hidden, .made")) continue;
  const box = each.getBoundingClientRect();
  if (box.width && (box.right > innerWidth + 1 || box.left < -1)) found.push(named(each));
}"""
# the script of a chart has data with known values, its drawing has more than an axis, its table has cells
EMPTY = """
const known = values => (values ?? []).flat().some(value => value !== null);
const data = JSON.parse(document.getElementById("data").textContent).plots;
for (const each of document.querySelectorAll("[data-plot]")) {
  const { kind, curves = [], more } = data[each.id];
  const drawn = kind === "ends" ? each.querySelectorAll("svg.plot circle, svg.plot use, svg.plot path").length > 2
    : kind === "shades" ? Object.values(more).some(known) || each.querySelector("svg.plot image")
    : curves.some(curve => known(curve.value));
  const cells = [...each.querySelectorAll("details.data tbody td")].some(cell => /\\d/.test(cell.textContent));
  if (!drawn || !cells || !each.querySelector("svg.plot")) found.push(named(each));
}"""
# words of a drawing that stand outside of it
CUT = """
for (const svg of document.querySelectorAll("svg.plot")) {
  if (!svg.checkVisibility()) continue;
  const whole = svg.getBoundingClientRect();
  for (const each of svg.querySelectorAll("text")) {
    const box = each.getBoundingClientRect();
    const beyond = [whole.left - box.left, box.right - whole.right, whole.top - box.top, box.bottom - whole.bottom];
    if (box.width && Math.max(...beyond) > 2) found.push(`${named(svg.closest("[data-plot]"))} ${each.textContent}`);
  }
}"""
# content that nobody can come to see without a script: neither shown, nor folded, nor hidden to be read aloud; the
# heads of a table stand before its cells on a small screen
HIDDEN = """
const outermost = each => {
  const up = each.parentElement.closest("details:not([open])");
  return up ? outermost(up) : each;
};
for (const each of document.querySelectorAll("main *, footer *")) {
  if (each.checkVisibility() || each.closest("script, style, template, .controls.script, .hidden")) continue;
  const folded = outermost(each);
  if (folded.tagName === "DETAILS" && folded.querySelector("summary").checkVisibility()) continue;
  if (each.closest("thead")?.parentElement.querySelector("td[data-head]")) continue;
  const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (own || ["IMG", "svg"].includes(each.tagName)) found.push(named(each));
}"""


def look(browser: Any, check: str) -> list[str]:
    """What a check finds on the page that the browser shows."""
    found: list[str] = browser.execute_script(f"const found = []; {NAMED} {check} return found;")
    return found


def unfold(browser: Any) -> None:
    """Open whatever is folded."""
    browser.execute_script("document.querySelectorAll('details').forEach(each => { each.open = true; });")


def scripts(browser: Any, run: bool) -> None:
    """Whether pages may run their scripts from now on."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not run})


def show(browser: Any, address: str, width: int, scheme: str = "light") -> None:
    """A page at a width, in light or dark."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(address)


def barriers(browser: Any, axe: str) -> list[str]:
    """The rules of axe-core that the page breaks, with the first place of each; frames are pages of their own."""
    told = "it.violations.map(each => `${each.id}: ${each.nodes[0].html}`)"
    run = f"axe.run(document, {{ iframes: false }}).then(it => arguments[0]({told}))"
    found: list[str] = browser.execute_async_script(f"{axe}; {run}")
    return found
