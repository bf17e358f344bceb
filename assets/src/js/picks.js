// Choosing rows of a list: a bar says how many, and stands only when some are.
import { fresh } from "./words.js";

const boxes = () => [...document.querySelectorAll("input[data-pick]")];

function redraw(changed) {
  const bar = document.querySelector("[data-picks]");
  if (!bar) return;
  const all = boxes();
  const on = all.filter((box) => box.checked);
  bar.hidden = !on.length;
  if (changed) bar.querySelector("[data-picked]").textContent = on.length;
  all.forEach((box) => box.closest("tr").classList.toggle("row-picked", box.checked));
  const head = document.querySelector("input[data-pick-all]");
  if (head) {
    head.checked = on.length > 0 && on.length === all.length;
    head.indeterminate = on.length > 0 && on.length < all.length;
  }
}

function set(on) {
  boxes().forEach((box) => {
    box.checked = on;
  });
  redraw(true);
}

export function picks(root) {
  const bars = fresh(root, "[data-picks]", "_picks");
  fresh(root, "input[data-pick]", "_pick").forEach((box) => box.addEventListener("change", () => redraw(true)));
  fresh(root, "input[data-pick-all]", "_pickAll").forEach((box) => {
    box.addEventListener("change", () => set(box.checked));
  });
  bars.forEach((bar) => {
    bar.querySelector("[data-pick-none]").addEventListener("click", () => set(false));
    redraw(true); // a page that comes back may have rows chosen
  });
}
