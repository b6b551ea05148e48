// The answers of a comparison, found by a word in them or by an arm that was right or wrong.
function search(section) {
  const rows = all("details.example", section), shown = element("output"), bar = element("p", "", { class: "find" });
  const words = element("input", "", { type: "search", placeholder: "Search", "aria-label": "Search questions, answers and passages" });
  const mark = element("select", "", { "aria-label": "Show questions by an arm's mark" });
  mark.append(element("option", "All questions", { value: "" }));
  for (const { dataset: { arm } } of all(".strip [data-arm]", rows[0])) {
    for (const word of ["right", "wrong"]) mark.append(element("option", `${arm} is ${word}`, { value: JSON.stringify([arm, word]) }));
  }
  const texts = rows.map(row => row.textContent.toLowerCase());
  function filter() {
    const sought = words.value.trim().toLowerCase(), [arm, word] = JSON.parse(mark.value || "[]");
    rows.forEach((row, place) => {
      const marked = !arm || all(".strip [data-arm]", row).some(each => each.dataset.arm === arm && each.className === word);
      row.hidden = !marked || !texts[place].includes(sought);
    });
    shown.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
  }
  words.addEventListener("input", filter);
  mark.addEventListener("change", filter);
  bar.append(words, mark, shown);
  rows[0].before(bar);
  filter();
}
all("[data-examples]").filter(section => section.querySelector("details.example")).forEach(search);
