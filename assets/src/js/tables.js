// Rows open on click, and one of them is where the keyboard is.
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

// The row where the keyboard is.
export function here() {
  return document.querySelector("tr.row-here");
}

export function go(step) {
  const rows = [...document.querySelectorAll("tr[data-href]")];
  if (!rows.length) return false;
  const now = here();
  const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(now) + step))];
  if (now) now.classList.remove("row-here");
  next.classList.add("row-here");
  next.scrollIntoView({ block: "nearest" });
  const link = next.querySelector("a[href]");
  if (link) link.focus({ preventScroll: true });
  return true;
}
