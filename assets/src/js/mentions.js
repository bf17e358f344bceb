// After an @ the people who may be named are offered; the server says who they are and checks the choice again.
import { fresh } from "./words.js";

const SOON = 250;
const ASKED = /@([^\s@,，。：:；;]{0,20})$/;

function asked(area) {
  const found = ASKED.exec(area.value.slice(0, area.selectionStart));
  return found ? found[1] : null;
}

function pick(area, place, button) {
  const end = area.selectionStart;
  const start = area.value.slice(0, end).lastIndexOf("@");
  const named = `@${button.dataset.name} `;
  area.value = area.value.slice(0, start) + named + area.value.slice(end);
  area.setSelectionRange(start + named.length, start + named.length);
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = "mention";
  kept.value = button.dataset.namePerson;
  kept.dataset.name = button.dataset.name;
  area.form.append(kept);
  place.replaceChildren();
  area.focus();
}

async function offer(area, place) {
  const text = asked(area);
  if (text === null) {
    place.replaceChildren();
    return;
  }
  const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
  if (!answer.ok || asked(area) !== text) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const buttons = [...page.querySelectorAll("[data-name-person]")];
  buttons.forEach((button) => button.addEventListener("click", () => pick(area, place, button)));
  place.replaceChildren(...buttons);
}

// Whoever is no longer named in the words is no longer picked.
function settle(area) {
  area.form.querySelectorAll("input[name=mention]").forEach((kept) => {
    if (!area.value.includes(`@${kept.dataset.name}`)) kept.remove();
  });
}

export function mentions(root) {
  fresh(root, "textarea[data-mentions]", "_mentions").forEach((area) => {
    const place = area.form.querySelector(".mention-picks");
    let waiting = 0;
    area.addEventListener("input", () => {
      settle(area);
      clearTimeout(waiting);
      waiting = setTimeout(() => offer(area, place), SOON);
    });
    area.form.addEventListener("keydown", (event) => {
      const first = place.querySelector("button");
      if (event.key === "Escape" && first) {
        event.stopPropagation();
        event.preventDefault();
        place.replaceChildren();
        area.focus();
      }
      if (event.key === "ArrowDown" && first && event.target === area) {
        event.preventDefault();
        first.focus();
      }
    });
  });
}
