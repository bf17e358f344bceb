// Rows open on click and by keyboard: j and k move, Enter opens.
import { fresh } from "./words.js";

const BUSY = "a, button, input, select, textarea, label, summary, [contenteditable]";

export function tables(root) {
  fresh(root, "tr[data-href]", "_row").forEach((row) => {
    row.addEventListener("click", (event) => {
      if (event.target.closest(BUSY) || String(getSelection())) return;
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
      else location.assign(row.dataset.href);
    });
  });
}

function typing(element) {
  return element && element.closest("input, select, textarea, [contenteditable], dialog[open], details.menu[open]");
}

function here() {
  return document.querySelector("tr.row-here");
}

function go(step) {
  const rows = [...document.querySelectorAll("tr[data-href]")];
  if (!rows.length) return;
  const now = here();
  const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(now) + step))];
  if (now) now.classList.remove("row-here");
  next.classList.add("row-here");
  next.scrollIntoView({ block: "nearest" });
  const link = next.querySelector("a[href]");
  if (link) link.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "Enter" && here() && event.target === document.body) location.assign(here().dataset.href);
});
