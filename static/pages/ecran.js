/**
 * A screen that waits to be plugged into a workshop: keeps its question open, shows the code anew when it changes, and goes where
 * a facilitator sends it. It stays awake meanwhile; the page that it goes to does the same.
 * @module
 */
import { loadCatalogue, t, tn } from "../core/i18n.js";

const RETRY = 4_000;
const SOON = 60_000;

const main = /** @type {HTMLElement} */ (document.getElementById("contenu"));
const shown = /** @type {HTMLElement} */ (document.getElementById("code"));
const rest = /** @type {HTMLElement} */ (document.getElementById("reste"));
const said = /** @type {HTMLElement} */ (document.getElementById("dit"));

let code = main.dataset.code ?? "";
/** After a cut, what is shown is not taken for granted: the answer then comes at once. */
let sure = true;
let until = performance.now() + Number(main.dataset.left) * 1000;

/** @param {string} words @param {""|"done"|"away"} [tone] */
function say(words, tone = "") {
  if (said.textContent === words) return;
  said.textContent = words;
  said.dataset.tone = tone;
}

function showRest() {
  const left = until - performance.now();
  const minutes = Math.max(1, Math.round(left / 60_000));
  rest.dataset.soon = String(left < SOON);
  const words = left < SOON
    ? t("Un nouveau code s’affiche dans moins d’une minute.")
    : tn("Ce code vaut encore {n}\u00a0minute, puis change tout seul.", "Ce code vaut encore {n}\u00a0minutes, puis change tout seul.", minutes);
  if (rest.textContent !== words) rest.textContent = words;
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One question, answered when there is news. @returns {Promise<{code?: string, shown?: string, left?: number, to?: string}>} */
async function news() {
  const answer = await fetch("/ecran/suite", { method: "POST", body: new URLSearchParams({ code: sure ? code : "" }), headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** @returns {Promise<void>} */
async function follow() {
  for (;;) {
    const asked = performance.now();
    try {
      const told = await news();
      const waited = sure;
      sure = true;
      if (told.to) {
        say(t("C’est fait\u202f! L’atelier arrive sur cet écran."), "done");
        return location.replace(told.to);
      }
      say("");
      until = performance.now() + Number(told.left) * 1000;
      if (told.code && told.code !== code) {
        code = told.code;
        shown.textContent = told.shown ?? code;
      } else if (waited && performance.now() - asked < RETRY) await pause(RETRY);
      showRest();
    } catch {
      sure = false;
      say(t("Connexion perdue. Le code reviendra tout seul."), "away");
      await pause(RETRY);
    }
  }
}

async function stayAwake() {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  await navigator.wakeLock.request("screen").catch(() => undefined);
}

await loadCatalogue(main.dataset.language ?? "fr", new URL("../", import.meta.url).href);
document.documentElement.dataset.phase = "ready";
document.addEventListener("visibilitychange", () => void stayAwake());
setInterval(showRest, 1000);
showRest();
void stayAwake();
void follow();
