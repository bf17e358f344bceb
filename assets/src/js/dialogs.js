// <button data-dialog="id"> opens <dialog id>; [data-close] closes it. Menus are <details class="menu">.
import { fresh } from "./words.js";

function open(dialog) {
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

function close(dialog) {
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
}

export function dialogs(root) {
  fresh(root, "[data-dialog]", "_opens").forEach((button) => {
    button.addEventListener("click", (event) => {
      const dialog = document.getElementById(button.dataset.dialog);
      if (!dialog) return;
      event.preventDefault();
      open(dialog);
    });
  });
  fresh(root, "dialog", "_dialog").forEach((dialog) => {
    dialog.addEventListener("click", (event) => {
      const outside = event.target === dialog;
      if (outside || event.target.closest("[data-close]")) close(dialog);
    });
    if (dialog.hasAttribute("data-open")) open(dialog);
  });
}

export function menus(root) {
  fresh(root, "details.menu", "_menu").forEach((menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") step(menu, event);
    });
  });
}

function step(menu, event) {
  const items = [...menu.querySelectorAll(".menu-list a, .menu-list button")];
  if (!menu.open || !items.length) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  items[(next + items.length) % items.length].focus();
}

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
