// A form leaves once; a key made here lets the server recognise a repeat; choices may submit at once.
import { uuid7 } from "./uuid7.js";
import { fresh } from "./words.js";

export function forms(root) {
  fresh(root, "input[data-uuid7]", "_key").forEach((input) => {
    if (!input.value) input.value = uuid7();
  });
  fresh(root, "form[method=post]", "_once").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.hasAttribute("data-sending")) {
        event.preventDefault();
        return;
      }
      if (!form.matches("[hx-post], [hx-put], [hx-delete], [data-again]")) hold(form);
    });
  });
  fresh(root, "[data-submit]", "_submits").forEach((input) => {
    input.addEventListener("change", () => input.form.requestSubmit());
  });
  fresh(root, "form.filters input[type=search]", "_typed").forEach((input) => {
    // What was typed was sent already: sent again on leaving, its answer would take the list from under the Tab.
    input.addEventListener("change", (event) => event.stopPropagation());
  });
  fresh(root, "[data-fill]", "_fill").forEach((link) => {
    link.addEventListener("click", (event) => fill(link, event));
  });
  const wrong = root.querySelector('[aria-invalid="true"]');
  if (wrong) wrong.focus({ preventScroll: false });
}

// Words offered beside a field go into it, below what stands there already.
function fill(link, event) {
  const area = document.getElementById(link.dataset.fill);
  if (!area) return; // the link leads to the form
  event.preventDefault();
  area.value = [area.value.trim(), link.dataset.text].filter(Boolean).join("\n");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function hold(form) {
  form.setAttribute("data-sending", "");
  // After the event: a disabled button would drop its own name and value from what is sent.
  setTimeout(() => mark(form, true), 0);
}

function mark(form, busy) {
  const buttons = [...form.querySelectorAll("button:not([type=button])")];
  if (form.id) buttons.push(...document.querySelectorAll(`button[form="${form.id}"]`));
  buttons.forEach((button) => (busy ? button.setAttribute("aria-busy", "true") : button.removeAttribute("aria-busy")));
}

// The page comes back from the browser's memory when one goes back: it may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach((form) => {
    form.removeAttribute("data-sending");
    mark(form, false);
  });
});
