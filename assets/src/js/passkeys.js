// Passkeys: what only the browser can do of adding one, signing in with one, proving once more who one is.
import { fresh } from "./words.js";

export function passkeys(root) {
  fresh(root, "button[data-passkey]", "_passkey").forEach((button) => {
    const { form } = button;
    const words = form.querySelector("[data-passkey-words]").dataset;
    if (!window.PublicKeyCredential || !navigator.credentials || isNumber(location.hostname)) {
      button.disabled = true;
      say(form, words.unsupported);
      return;
    }
    button.addEventListener("click", () => ask(button, form, words));
    form.addEventListener("submit", (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault(); // Enter in the name's field
      button.click();
    });
  });
}

// A passkey belongs to a name; browsers make none for an address in numbers.
const isNumber = (host) => /^[\d.]+$|:/.test(host);

async function ask(button, form, words) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  say(form, "");
  try {
    const options = await optionsFor(button);
    form.elements.credential.value = JSON.stringify(await answer(button.dataset.passkey, options, form));
    form.submit();
  } catch (problem) {
    button.removeAttribute("aria-busy");
    const known = { NotAllowedError: "cancelled", InvalidStateError: "known", SecurityError: "address" };
    say(form, words[known[problem.name] || "failed"]);
  }
}

async function optionsFor({ dataset }) {
  if (dataset.options) return JSON.parse(document.getElementById(dataset.options).textContent);
  const answered = await fetch(dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answered.ok) throw new Error(String(answered.status));
  return answered.json();
}

function answer(kind, options, form) {
  if (kind === "get") return navigator.credentials.get(forGet(options.request_options)).then(told);
  return navigator.credentials.create(forCreate(options.creation_options, form)).then(told);
}

const forGet = ({ publicKey }) => ({
  publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: keys(publicKey.allowCredentials) },
});

function forCreate({ publicKey }, form) {
  const alone = form.elements.passwordless.checked;
  const authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
  };
  if (alone) authenticatorSelection.userVerification = "required";
  const user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  const excludeCredentials = keys(publicKey.excludeCredentials);
  return { publicKey: { ...publicKey, user, challenge: bytes(publicKey.challenge), excludeCredentials, authenticatorSelection } };
}

const keys = (listed) => (listed || []).map((one) => ({ ...one, id: bytes(one.id) }));

function told(credential) {
  const response = {};
  ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  });
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  const clientExtensionResults = credential.getClientExtensionResults();
  return { type: credential.type, id: credential.id, rawId: text(credential.rawId), response, clientExtensionResults };
}

const bytes = (coded) => Uint8Array.from(atob(coded.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function say(form, sentence) {
  const place = form.querySelector("[data-passkey-says]");
  place.textContent = sentence;
  place.hidden = !sentence;
}
