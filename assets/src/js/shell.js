// Search, the folded side, the notice without network, the filters of a phone.
function search() {
  const form = document.querySelector(".top-search");
  if (!form) return;
  const input = form.querySelector("input");
  const show = () => {
    form.classList.add("open");
    input.focus();
    input.select();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") input.blur();
  });
  input.addEventListener("blur", () => setTimeout(() => form.classList.remove("open"), 150));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-search]")) show();
  });
}

function side() {
  const button = document.querySelector("[data-side]");
  if (!button) return;
  button.addEventListener("click", () => {
    const narrow = document.querySelector(".shell").classList.toggle("side-narrow");
    button.setAttribute("aria-expanded", String(!narrow));
    // A cookie, so that the server draws the next page as this one stands.
    document.cookie = `side=${narrow ? "narrow" : "wide"};path=/;max-age=31536000;samesite=lax`;
  });
}

function network() {
  const notice = document.querySelector(".offline");
  if (!notice) return;
  const show = () => {
    notice.hidden = navigator.onLine;
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}

function toggles() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (!button) return;
    const open = button.closest(button.dataset.toggle).classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
}

export function shell() {
  search();
  side();
  network();
  toggles();
}
