/**
 * The wall: one layout per state of the workshop, for someone at the back of a room. It follows the step, or what the
 * facilitators turned it to; it asks nothing and knows nobody.
 * @module
 */
import { session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { t } from "../core/i18n.js";
import { html, useEffect, useMemo, useState } from "../vendor/ui.js";
import { Icon } from "../views/icon.js";
import { useAwake } from "../views/people/awake.js";
import { startPage } from "../views/people/start.js";
import { WallActions, WallResultat, WallVoter } from "../views/wall/deciding.js";
import { WallAccueil, WallFin } from "../views/wall/opening.js";
import { wallView } from "../views/wall/pages.js";
import { WallEcrire, WallLire, WallRegrouper } from "../views/wall/writing.js";

/** @typedef {import("../core/session.js").Live} Live */

const STATES = { accueil: WallAccueil, ecrire: WallEcrire, lire: WallLire, regrouper: WallRegrouper, voter: WallVoter, resultat: WallResultat, actions: WallActions, fin: WallFin };
const THEME = "pdc:wall-theme";

/** @returns {string} */
function keptTheme() {
  try {
    return localStorage.getItem(THEME) === "dark" ? "dark" : "";
  } catch {
    return "";
  }
}

/**
 * While the wall is held, it stays in the step that it was in: everything below reads this step as the current one.
 * @param {Live} live @returns {Live}
 */
function useHeld(live) {
  const held = live.store.get("wall", "wall")?.held ?? false;
  const block = session(live.store)?.block ?? "";
  const [kept, setKept] = useState("");
  useEffect(() => setKept(held ? block : ""), [held]);
  return useMemo(() => {
    if (kept === "") return live;
    /** @type {any} */
    const get = (/** @type {any} */ kind, /** @type {string} */ id) => {
      const record = live.store.get(kind, id);
      return kind === "session" && record ? { ...record, block: kept } : record;
    };
    return { ...live, store: { ...live.store, get } };
  }, [kept]);
}

/** @param {{live: Live, links: DOMStringMap}} props */
function Wall({ live: now, links }) {
  useAwake();
  const live = useHeld(now);
  const view = wallView(live.store);
  const said = live.store.get("announcement", "announcement")?.text ?? "";
  const away = live.connection.state.value !== "live";
  const title = session(live.store)?.title ?? links.title ?? "";
  useEffect(() => {
    document.title = [title, t("au mur"), "Pas de côté"].filter(Boolean).join(" · ");
  }, [title]);
  return html`<div class="wall" data-view=${view} data-said=${said !== ""}>
    ${said && html`<p class="wall-announcement"><${Icon} name="megaphone" />${said}</p>`}
    <${STATES[view]} key=${view} live=${live} links=${links} />
    ${away && html`<p class="wall-away"><${Icon} name="wifi-off" /><span class="visually-hidden">${live.connection.bye.value ? t("Cet écran n’est plus relié à l’atelier.") : t("Connexion perdue, l’affichage reprendra tout seul.")}</span></p>`}
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
