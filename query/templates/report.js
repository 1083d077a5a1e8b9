"use strict";
// Without this script the page shows the same: quotes are links to the list of sources.
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const dialog = document.getElementById("quote");
  document.addEventListener("click", (event) => {
    if (event.target === dialog) { dialog.close(); return; }
    const value = event.target.closest(".value data");
    const link = value ? value.closest(".value").querySelector("a[href^='#q']") : event.target.closest("a[href^='#q']");
    const item = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!item || !dialog.showModal) { return; }
    event.preventDefault();
    dialog.firstElementChild.replaceChildren(...[...item.childNodes].map((node) => node.cloneNode(true)));
    dialog.showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".value data")) { event.target.click(); }
  });
  const key = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
    const number = text === "" ? NaN : Number(text);
    return Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") { return a - b; }
    if (typeof a === "number") { return 1; }
    if (typeof b === "number") { return -1; }
    return a.localeCompare(b, document.documentElement.lang);
  };
  for (const table of all("table.sortable")) {
    all("thead th", table).forEach((head, column) => {
      head.setAttribute("aria-sort", "none");
      head.tabIndex = 0;
      const sort = () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        all("thead th", table).forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows].sort((a, b) => compare(key(a, column), key(b, column)) * (down ? -1 : 1));
        body.append(...rows);
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => { if (event.key === "Enter") { sort(); } });
    });
  }
  const input = document.getElementById("filter");
  input.hidden = false;
  const targets = all("table.filterable tbody tr, .lists li, #only li, .single > div, .quotes li");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const target of targets) {
      const text = target.textContent.toLowerCase();
      target.classList.toggle("hide", !words.every((word) => text.includes(word)));
    }
  });
})();
