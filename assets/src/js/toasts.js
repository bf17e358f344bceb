// Messages of the server: those in the page, and those of the header HX-Trigger: {"toast": {"text": …, "kind": …}}.
import { fresh, word } from "./words.js";

const SECONDS = 7;
const LONG = 30; // what can be undone stands as long as its notices rest

export function toast(text, kind = "") {
  const place = document.getElementById("toasts");
  if (!place) return;
  const line = document.createElement("div");
  line.className = kind ? `toast-line toast-${kind}` : "toast-line";
  const sentence = document.createElement("p");
  sentence.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", word("close"));
  line.append(sentence, close);
  place.append(line);
  watch(line);
}

function watch(line) {
  line.querySelector("button[type=button]").addEventListener("click", () => line.remove());
  // What refuses stays until it is read.
  if (!line.classList.contains("toast-late")) {
    setTimeout(() => line.remove(), (line.classList.contains("toast-long") ? LONG : SECONDS) * 1000);
  }
}

export function toasts(root) {
  fresh(root, ".toast-line", "_toast").forEach(watch);
}

document.addEventListener("toast", ({ detail }) => {
  const { text, kind } = typeof detail.value === "string" ? { text: detail.value } : detail;
  toast(text, kind);
});
