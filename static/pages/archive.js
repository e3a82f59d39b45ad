/**
 * The archive page: waits for the bundle while it is written, and checks a file in place, dropped or chosen.
 * Without it, the same form answers with a page.
 * @module
 */
import { loadCatalogue, t } from "../core/i18n.js";

const WAIT = 1500;

/** @param {HTMLElement} card */
async function waitForBundle(card) {
  const address = card.dataset.waiting ?? "";
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).status === "closed") {
      location.reload();
      return;
    }
  } catch {
    // Offline for a moment: asked again.
  }
  setTimeout(() => void waitForBundle(card), WAIT);
}

/** @param {HTMLElement} section @param {File} file */
async function verify(section, file) {
  const verdict = /** @type {HTMLElement} */ (section.querySelector(".verdict"));
  verdict.className = "verdict";
  verdict.textContent = t("Vérification de {name}…", { name: file.name });
  const body = new FormData();
  body.append("dossier", file);
  try {
    const answer = await fetch("/verifier", { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 413) throw new Error(t("Ce fichier dépasse 100\u00a0Mo\u202f: ce n’est pas un dossier d’atelier."));
    const { intact, message } = await answer.json();
    verdict.classList.add(intact ? "intact" : "changed");
    verdict.textContent = `${file.name}\u00a0: ${message}`;
  } catch (error) {
    verdict.classList.add("changed");
    verdict.textContent = error instanceof TypeError ? t("La vérification n’a pas abouti. Réessayez.") : /** @type {Error} */ (error).message;
  }
}

/** @param {HTMLElement} section */
function checkInPlace(section) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (section.querySelector("input[type=file]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.hidden = true; // choosing is enough
  input.addEventListener("change", () => input.files?.[0] && void verify(section, input.files[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files?.[0]) void verify(section, input.files[0]);
  });
  section.addEventListener("dragover", (event) => {
    event.preventDefault();
    section.classList.add("over");
  });
  section.addEventListener("dragleave", () => section.classList.remove("over"));
  section.addEventListener("drop", (event) => {
    event.preventDefault();
    section.classList.remove("over");
    const file = event.dataTransfer?.files[0];
    if (file) void verify(section, file);
  });
}

await loadCatalogue(document.documentElement.lang, new URL("../", import.meta.url).href);
const waiting = /** @type {HTMLElement|null} */ (document.querySelector("[data-waiting]"));
if (waiting) void waitForBundle(waiting);
const section = /** @type {HTMLElement|null} */ (document.querySelector(".verification"));
if (section) checkInPlace(section);
