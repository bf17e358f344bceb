// Shortcuts of one key, for whoever has not switched them off (WCAG 2.1.4); never while something is typed.
import { go, here } from "./tables.js";

const COOKIE = "shortcuts=off";
const TOGETHER = 1500; // ms between g and the letter after it
const TYPED = "input:not([data-pick]), select, textarea, [contenteditable], details.menu[open]";
let first = 0;

const off = () => document.cookie.split("; ").includes(COOKIE);

function remember(on) {
  document.cookie = `shortcuts=${on ? "on" : "off"};path=/;max-age=31536000;samesite=lax`;
}

function help() {
  const dialog = document.getElementById("shortcuts");
  if (!dialog || !dialog.showModal) return false;
  dialog.showModal();
  return true;
}

function pick() {
  const box = here() && here().querySelector("input[data-pick]");
  if (box) box.click();
  return Boolean(box);
}

function open() {
  if (here()) location.assign(here().dataset.href);
  return Boolean(here());
}

function search() {
  const input = document.querySelector(".top-search input");
  if (!input) return false;
  document.querySelector(".top-search").classList.add("open");
  input.focus();
  input.select();
  return true;
}

function lead(key) {
  first = 0;
  const link = document.querySelector(`#shortcuts a[data-go="${CSS.escape(key)}"]`);
  if (link) location.assign(link.href);
  return Boolean(link);
}

const KEYS = new Map([["j", () => go(1)], ["k", () => go(-1)], ["o", open], ["x", pick], ["/", search], ["?", help]]);

function done(event) {
  const { key, target } = event;
  if (first && event.timeStamp - first < TOGETHER && key.length === 1) return lead(key);
  first = key === "g" ? event.timeStamp : 0;
  if (key === "Enter") return target === document.body && open();
  return KEYS.has(key) && KEYS.get(key)();
}

export function shortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    if (event.defaultPrevented || off() || document.querySelector("dialog[open]")) return;
    if (event.target.closest && event.target.closest(TYPED)) return;
    if (done(event)) event.preventDefault();
  });
  const box = document.querySelector("[data-shortcuts]");
  if (!box) return;
  box.checked = !off();
  box.addEventListener("change", () => remember(box.checked));
}
