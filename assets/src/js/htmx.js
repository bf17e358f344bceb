// The token on every request, refusals swapped where they help, a sentence where the server is not reached.
import { toast } from "./toasts.js";
import { word } from "./words.js";

const SWAPPED = [400, 403, 404, 409, 422];

export function talk(liven) {
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.querySelector("meta[name=csrf-token]");
    if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token.content;
  });
  // A refusal carries a fragment (the form with its errors, a notice); a whole error page becomes a toast.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { status, responseText } = detail.xhr;
    if (!SWAPPED.includes(status)) return;
    const said = refusal(responseText || "", detail.requestConfig?.elt?.getAttribute("hx-select"));
    if (said) {
      toast(said, "late");
    } else if (responseText) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });
  document.addEventListener("htmx:sendError", () => toast(word("offline"), "late"));
  document.addEventListener("htmx:timeout", () => toast(word("offline"), "late"));
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status >= 500) toast(word("failed"), "late");
  });
  document.addEventListener("htmx:load", ({ detail }) => liven(detail.elt));
}

// A refusal of the whole (not a form with its errors) must not replace what is on the screen: its words become a toast.
// A whole page that holds the part asked for is the form with its errors.
function refusal(text, part) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const said = page.querySelector("[data-refusal]");
  if (said) return said.dataset.refusal;
  if (part && page.querySelector(part)) return "";
  if (!/^\s*<!doctype/i.test(text)) return "";
  const heading = page.querySelector("h1");
  return heading ? heading.textContent.trim() : word("failed");
}
