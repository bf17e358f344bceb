// <form data-draft="name">: what was typed is kept on the device until it is sent.
import { fresh, word } from "./words.js";

const DAYS = 7;
const SKIP = ["password", "file", "hidden", "submit", "button"];

const keyOf = (form) => `draft:${document.body.dataset.actor || ""}:${form.dataset.draft}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SKIP.includes(field.type));

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < DAYS * 86400000 ? draft.values : null;
  } catch (error) {
    return null;
  }
}

function write(form, key) {
  const values = {};
  fieldsOf(form).forEach((field) => {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] = values[field.name] || []).push(field.value);
    } else if (field.value) {
      values[field.name] = [field.value];
    }
  });
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch (error) {
    // Storage is full or forbidden: the form works, only without a draft.
  }
}

function restore(form, values) {
  fieldsOf(form).forEach((field) => {
    const kept = values[field.name];
    if (!kept) return;
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (!field.value) [field.value] = kept;
  });
}

function say(form, text) {
  const note = form.querySelector(".draft-note");
  if (note) note.textContent = text;
}

export function drafts(root) {
  fresh(root, "form[data-draft]", "_draft").forEach((form) => {
    const key = keyOf(form);
    const kept = read(key);
    // A form that comes back with errors already holds the newer words.
    if (kept && Object.keys(kept).length && !form.querySelector('[aria-invalid="true"]')) {
      restore(form, kept);
      say(form, word("draftBack"));
    }
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        write(form, key);
        say(form, word("draftKept"));
      }, 400);
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      write(form, key);
    });
  });
  // The page after a success names the draft that is done: <… data-draft-done="name">.
  fresh(root, "[data-draft-done]", "_done").forEach((element) => {
    localStorage.removeItem(`draft:${document.body.dataset.actor || ""}:${element.dataset.draftDone}`);
  });
}
