// A field for a day shows 2026-03-01 like every other day here; browsers show it as their own language writes it. While
// somebody is in it, it is the browser's own field. See forms.css: where a browser cannot show it, nothing changes.
import { fresh, word } from "./words.js";

function show(field) {
  field.dataset.day = field.value || word("day");
  field.classList.toggle("day-empty", !field.value);
}

export function days(root) {
  fresh(root, 'input[type="date"]', "_day").forEach((field) => {
    ["input", "change", "blur"].forEach((what) => field.addEventListener(what, () => show(field)));
    if (field.form) field.form.addEventListener("reset", () => setTimeout(() => show(field), 0));
    show(field);
  });
}
