/**
 * What pushes the page down, under the head: the network is away, this is a rehearsal, one goes on at a shared device,
 * input is suspended, the facilitators said something. No closing cross on what is still true; each goes by itself.
 *
 * Exports: Bands.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { clockTime } from "../../core/words.js";
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { lazy } from "../lazy.js";

/** @typedef {import("../../core/session.js").Live} Live */

const MovedBand = lazy(() => import("./moved.js").then((module) => module.MovedBand));

/** A short cut is nobody's concern. */
const SAID_AFTER = 2500;

/** @param {Live} live @returns {number} since when the connection is away (ms, this device), 0 while it is there or only just gone */
function useAwaySince(live) {
  // A device that says it has no network is believed once something waits: the socket itself notices later.
  const away = live.connection.state.value !== "live" || (!navigator.onLine && live.pending.save.value.state === "waiting");
  const since = useRef(0);
  const [said, setSaid] = useState(0);
  useEffect(() => {
    if (!away) {
      since.current = 0;
      setSaid(0);
      return undefined;
    }
    since.current ||= live.clock.now();
    const timer = setTimeout(() => setSaid(since.current), SAID_AFTER);
    return () => clearTimeout(timer);
  }, [away]);
  return away ? said : 0;
}

/** @param {{live: Live}} props */
function Away({ live }) {
  const since = useAwaySince(live);
  const { state, count } = live.pending.save.value;
  const slow = since === 0 && live.connection.state.value === "live" && state === "waiting" && navigator.onLine;
  if (since === 0 && !slow) return null;
  const notes = live.store.all("note").filter((note) => note.unsent).length;
  const kept = notes > 0
    ? tn("{n} note en attente d’envoi, gardée sur cet appareil", "{n} notes en attente d’envoi, gardées sur cet appareil", notes)
    : count > 0 ? tn("{n} changement en attente d’envoi, gardé sur cet appareil", "{n} changements en attente d’envoi, gardés sur cet appareil", count)
    : t("Pas de réseau\u00a0: ce que vous écrivez est gardé sur cet appareil");
  return html`<div class="band away-band" role="status"><${Icon} name="cloud-off" /><div>
    <p><strong>${slow ? t("Connexion lente\u00a0: tout est gardé, l’envoi prend un peu plus de temps.") : kept}</strong></p>
    ${slow && html`<p class="small">${kept}</p>`}
    ${!slow && html`<p class="small">${t("Pas de réseau depuis {time}. Continuez\u00a0: tout partira au retour du réseau.", { time: clockTime(since, session(live.store)?.timezone) })}</p>`}
  </div></div>`;
}

/** @param {{live: Live}} props */
function Said({ live }) {
  const said = live.store.get("announcement", "announcement");
  const [hidden, setHidden] = useState(0);
  if (!said || said.text === "" || hidden === said.at) return null;
  return html`<div class="band said-band"><${Icon} name="megaphone" /><p class="grow"><span class="visually-hidden">${t("Annonce\u00a0:")} </span>${said.text}</p>
    <button type="button" class="button quiet" onClick=${() => setHidden(said.at)}>${t("J’ai lu")}</button></div>`;
}

/** @param {{live: Live}} props */
export function Bands({ live }) {
  const state = session(live.store);
  if (live.connection.bye.value) return null;
  return html`<div class="bands">
    <${Away} live=${live} />
    ${state?.rehearsal && html`<div class="band rehearsal-band"><${Icon} name="info" /><p><strong>${t("Répétition.")}</strong> ${t("Rien de ce qui est fait ici n’est gardé.")}</p></div>`}
    ${live.seat.value?.device && state?.status === "open" && html`<${MovedBand} live=${live} />`}
    ${state?.locked && state.status === "open" && html`<div class="band"><${Icon} name="lock" /><p><strong>${t("L’animation a suspendu la saisie.")}</strong> ${t("Ce que vous écriviez est gardé.")}</p></div>`}
    <${Said} live=${live} />
  </div>`;
}
