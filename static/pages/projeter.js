/**
 * The wall: one layout per state of the workshop, for someone at the back of a room. It follows the step, or what the
 * facilitators turned it to; it asks nothing and knows nobody.
 * @module
 */
import { session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { t } from "../core/i18n.js";
import { html, useEffect, useState } from "../vendor/ui.js";
import { Icon } from "../views/icon.js";
import { useAwake } from "../views/people/awake.js";
import { startPage } from "../views/people/start.js";
import { WallGroupes } from "../views/wall/apart.js";
import { WallActions, WallResultat, WallVoter } from "../views/wall/deciding.js";
import { Fit } from "../views/wall/fit.js";
import { BOLD, ROOM, linesOf } from "../views/wall/measure.js";
import { WallAccueil, WallBye, WallFin } from "../views/wall/opening.js";
import { wallState } from "../views/wall/pages.js";
import { wallStore } from "../views/wall/subject.js";
import { WallEcrire, WallLire, WallRegrouper } from "../views/wall/writing.js";

/** @typedef {import("../core/session.js").Live} Live */

const STATES = {
  accueil: WallAccueil, ecrire: WallEcrire, lire: WallLire, regrouper: WallRegrouper, voter: WallVoter, resultat: WallResultat,
  actions: WallActions, fin: WallFin, groupes: WallGroupes,
};
const THEME = "pdc:wall-theme";

/** @returns {string} */
function keptTheme() {
  try {
    return localStorage.getItem(THEME) === "dark" ? "dark" : "";
  } catch {
    return "";
  }
}

/** Milliseconds that an announcement too long for its band covers the top of the wall. */
const COVERING = 45000;

/** Whether it is short enough for a band, with so much beside it. @param {string} text @param {string[]} [marks] */
const inBand = (text, marks = []) => linesOf(text, ROOM.width - 100 - marks.reduce((sum, mark) => sum + 120 + mark.length * 26, 0), BOLD) <= 2;

/**
 * What is said to everyone: in a band where it fits one, over the top for a moment where it does not. The marks stand
 * beside it, or wait where they have no room.
 * @param {{live: Live, marks: string[]}} props
 */
function Said({ live, marks }) {
  const said = live.store.get("announcement", "announcement");
  const text = said?.text ?? "";
  const band = inBand(text);
  const tabs = marks.length > 0 && html`<p class="wall-marks">${marks.map((mark) => html`<span key=${mark}>${mark}</span>`)}</p>`;
  const left = said && !band ? said.at + COVERING - live.clock.now() : 0;
  const [, turn] = useState(0);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => turn((n) => n + 1), left + 20);
    return () => clearTimeout(timer);
  }, [said?.at]);
  if (text !== "" && (band || left > 0)) {
    return html`<div class="wall-announcement" data-band=${band}><${Icon} name="megaphone" /><${Fit} class="announcement-words" sizes=${[56, 50, 44]} text=${text} />${inBand(text, marks) && tabs}</div>`;
  }
  return tabs || null;
}

/** What holds for the whole wall, said in a word at its top. @param {Live} live @returns {string[]} */
function marksOf(live) {
  const state = session(live.store);
  return [state?.rehearsal ? t("Répétition\u00a0: rien n’est gardé") : "", state?.status === "open" && state.locked ? t("Saisie suspendue") : ""].filter(Boolean);
}

/** @param {{live: Live, links: DOMStringMap}} props */
function Wall({ live: now, links }) {
  useAwake();
  // A wall held in a step still takes it for the current one.
  const live = { ...now, store: wallStore(now.store) };
  const view = wallState(now.store);
  const bye = live.connection.bye.value;
  const away = live.connection.state.value !== "live";
  const title = session(live.store)?.title ?? links.title ?? "";
  const said = live.store.get("announcement", "announcement")?.text ?? "";
  const marks = marksOf(now);
  useEffect(() => {
    document.title = [title, t("au mur"), "Pas de côté"].filter(Boolean).join(" · ");
  }, [title]);
  if (bye) return html`<div class="wall" data-view="bye"><${WallBye} live=${live} bye=${bye} /><${Controls} /></div>`;
  return html`<div class="wall" data-view=${view} data-said=${said !== "" && inBand(said)} data-marks=${marks.length > 0 && said === ""}>
    <${Said} live=${live} marks=${marks} />
    <${STATES[view]} key=${view} live=${live} links=${links} />
    ${away && html`<p class="wall-away"><${Icon} name="wifi-off" /><span class="visually-hidden">${t("Connexion perdue, l’affichage reprendra tout seul.")}</span></p>`}
    <${Controls} />
  </div>`;
}

/** Light or dark, and the whole screen: shown when a mouse moves or a key comes to them. */
function Controls() {
  const [dark, setDark] = useState(() => keptTheme() === "dark");
  const [awake, setAwake] = useState(false);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    try {
      localStorage.setItem(THEME, dark ? "dark" : "light");
    } catch {
      // Not remembered, then.
    }
  }, [dark]);
  useEffect(() => {
    /** @type {any} */
    let timer;
    const moved = () => {
      setAwake(true);
      clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), 4000);
    };
    addEventListener("pointermove", moved);
    return () => {
      removeEventListener("pointermove", moved);
      clearTimeout(timer);
    };
  }, []);
  const whole = () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.().catch(() => undefined));
  return html`<div class="wall-controls" data-awake=${awake}>
    <button type="button" class="button" aria-pressed=${dark} onClick=${() => setDark(!dark)}><${Icon} name="moon" />${t("Fond sombre")}</button>
    <button type="button" class="button" onClick=${whole}><${Icon} name="maximize" />${t("Plein écran")}</button>
  </div>`;
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
startPage(main, live, () => html`<${Wall} live=${live} links=${main.dataset} />`);
