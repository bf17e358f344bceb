// What the pages add when scripts run; everything works without, more slowly.
import { charts } from "./charts.js";
import { days } from "./days.js";
import { dialogs, menus } from "./dialogs.js";
import { drafts } from "./drafts.js";
import { forms } from "./forms.js";
import { talk } from "./htmx.js";
import { mentions } from "./mentions.js";
import { passkeys } from "./passkeys.js";
import { photos } from "./photos.js";
import { picks } from "./picks.js";
import { shell } from "./shell.js";
import { shortcuts } from "./shortcuts.js";
import { tables } from "./tables.js";
import { toasts } from "./toasts.js";
import { uuid7 } from "./uuid7.js";

document.documentElement.classList.add("js");

const parts = [charts, dialogs, menus, drafts, days, forms, mentions, passkeys, photos, picks, tables, toasts];

// Called for the page once and for every fragment that htmx puts in; each part marks what it has seen.
function liven(root) {
  parts.forEach((part) => part(root));
}

talk(liven);
shell();
shortcuts();
window.zhiben = { uuid7 };
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => liven(document));
} else {
  liven(document);
}
