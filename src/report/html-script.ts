/**
 * Script of the overview: sort, search, filter. It uses only the page's content (its words are in a
 * template), writes text only and stores nothing. Without the script, the page is complete.
 */
export const SCRIPT = `
(() => {
  const table = document.querySelector(".overview");
  const template = document.getElementById("tools");
  if (table === null || template === null) return;
  const body = table.tBodies[0];
  const lines = [...body.rows].map((row, place) => {
    const link = row.querySelector("th a");
    const section = document.getElementById(link.hash.slice(1)).closest("section");
    const text = (row.textContent + " " + (section.dataset.words || "")).toLowerCase();
    const causes = (row.dataset.causes || "").split(" ");
    return { row, place, section, text, causes, environment: row.cells[2].textContent };
  });

  table.before(template.content.cloneNode(true));
  const tools = document.querySelector("form.tools");
  const { search, cause, environment } = tools.elements;
  const names = [...new Set(lines.map((line) => line.environment))].filter((name) => name !== "").sort();
  for (const name of names) environment.append(new Option(name, name));
  if (names.length < 2) environment.closest("label").hidden = true;
  const verdicts = [...tools.querySelectorAll("[name=verdict]")];
  const status = tools.querySelector("[role=status]");

  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const asked = new Set(verdicts.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const line of lines) {
      const visible =
        asked.has(line.row.className) &&
        (cause.value === "" || line.causes.includes(cause.value)) &&
        (environment.value === "" || environment.value === line.environment) &&
        words.every((word) => line.text.includes(word));
      line.row.hidden = !visible;
      line.section.hidden = !visible;
      if (visible) shown += 1;
    }
    status.textContent = shown + " / " + lines.length;
  };
  tools.addEventListener("input", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", () => setTimeout(filter));
  filter();

  for (const link of document.querySelectorAll("a[data-cause]")) {
    link.addEventListener("click", () => {
      tools.reset();
      cause.value = link.dataset.cause;
      filter();
    });
  }
  // A link to a filtered row shows all rows again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null || target.closest("[hidden]") === null) return;
    tools.reset();
    setTimeout(() => target.scrollIntoView());
  });

  const valueOf = ({ row, place }, column) => {
    const { sort } = row.cells[column].dataset;
    return sort === undefined ? row.cells[column].textContent : Number(sort);
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true }));
  const heads = [...table.tHead.rows[0].cells];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const direction = head.ariaSort === "ascending" ? -1 : 1;
      for (const other of heads) other.ariaSort = null;
      head.ariaSort = direction === 1 ? "ascending" : "descending";
      lines.sort((a, b) => direction * compare(valueOf(a, column), valueOf(b, column)) || a.place - b.place);
      body.append(...lines.map(({ row }) => row));
    });
  }
})();

(() => {
  for (const details of document.querySelectorAll("details.components")) {
    const label = details.querySelector("label");
    const rows = [...details.querySelector("tbody").rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    label.hidden = false;
    label.addEventListener("input", ({ target }) => {
      const words = target.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
      for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    });
  }
})();
`;
