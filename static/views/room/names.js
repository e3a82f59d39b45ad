/**
 * Dialogs of « Qui est là »: names and services of the whole table at once, and who leaves when all are named. Each field is
 * saved as it is left; nothing is lost by closing.
 *
 * Exports: openNames(live, occupant?), askWhoLeaves(live).
 * @module
 */
import { dismissOccupant, nameOccupant, renameSeat } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { html, useEffect, useState } from "../../vendor/ui.js";
import { Dialog, openDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { Letter, occupantsOf, personName } from "./people.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Occupant} Occupant */

/** @param {Live} live @param {string} [occupant] id of the one whose name is wanted */
export function openNames(live, occupant = "") {
  openDialog((close) => html`<${Names} live=${live} first=${occupant} close=${close} />`);
}

/** @param {Live} live everyone here has a name: it takes saying who goes */
export function askWhoLeaves(live) {
  openDialog((close) => html`<${Dialog} title=${t("Qui s’en va\u00a0?")} onClose=${close}>
    <p class="muted">${t("Ses notes restent.")}</p>
    <ul role="list" class="stack">${occupantsOf(live).map((one) => html`<li key=${one.id}>
      <button type="button" class="button block large" onClick=${() => { close(); void leave(live, one); }}><${Letter} of=${one} />${personName(one)}</button></li>`)}</ul>
  </${Dialog}>`);
}

/** @param {Live} live @param {Occupant} one */
async function leave(live, one) {
  const { done } = await live.send(dismissOccupant({ occupant: one.id })).outcome;
  if (!done) return;
  if (!one.person) live.announcer.say(t("{name} ne compte plus ici. Ses notes restent.", { name: personName(one) }));
}

/** @param {{live: Live, first: string, close: () => void}} props */
function Names({ live, first, close }) {
  const seat = live.seat.value;
  const here = occupantsOf(live);
  const [device, setDevice] = useState(seat?.name ?? "");
  const id = "names"; // drawn outside the page's tree, where useId would give again what the page has
  useEffect(() => {
    const field = /** @type {HTMLInputElement|null} */ (document.querySelector(`[data-name-of="${CSS.escape(first)}"]`));
    field?.focus();
    field?.select();
  }, []);
  const rename = () => {
    if (seat && device.trim() !== "" && device.trim() !== seat.name) live.send(renameSeat({ seat: seat.id, name: device.trim() }));
  };
  /** @param {Event} event Enter saves what is being typed, then closes */
  const submit = (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    close();
  };
  return html`<${Dialog} title=${t("Noms et services")} wide onClose=${close} foot=${html`<button type="submit" class="button primary" form=${id}>${t("C’est bon")}</button>`}>
    <form id=${id} class="names stack" onSubmit=${submit}>
      <p class="muted">${t("Facultatifs. L’animation les voit, pour la liste de présence.")}</p>
      <ul role="list" class="names-list">${here.map((one) => html`<${Row} key=${one.id} live=${live} one=${one} alone=${here.length < 2} />`)}</ul>
      <div class="field"><label for=${`${id}-d`}>${t("Nom de cet appareil")}</label>
        <input id=${`${id}-d`} type="text" maxlength="80" autocomplete="off" value=${device} onInput=${(/** @type {any} */ event) => setDevice(event.currentTarget.value)} onChange=${rename} /></div>
      <p class="small muted">${tn("{n} personne devant cet appareil.", "{n} personnes devant cet appareil.", seat?.heads ?? here.length)}</p>
    </form>
  </${Dialog}>`;
}

/** @param {{live: Live, one: Occupant, alone: boolean}} props */
function Row({ live, one, alone }) {
  const [name, setName] = useState(one.name);
  const [service, setService] = useState(one.service);
  const id = `name-${one.id}`;
  const save = () => {
    if (name.trim() === one.name && service.trim() === one.service) return;
    live.send(nameOccupant({ occupant: one.id, name: name.trim(), service: service.trim() }));
  };
  return html`<li class="names-row"><${Letter} of=${one} />
    <div class="field grow"><label for=${id}>${t("Nom de la personne {letter}", { letter: one.letter })}</label>
      <input id=${id} data-name-of=${one.id} type="text" maxlength="80" autocomplete="off" value=${name} onInput=${(/** @type {any} */ event) => setName(event.currentTarget.value)} onChange=${save} /></div>
    <div class="field grow"><label for=${`${id}-s`}>${t("Service")}<span class="visually-hidden"> (${t("personne {letter}", { letter: one.letter })})</span></label>
      <input id=${`${id}-s`} type="text" maxlength="120" autocomplete="off" value=${service} onInput=${(/** @type {any} */ event) => setService(event.currentTarget.value)} onChange=${save} /></div>
    ${!alone && html`<button type="button" class="button quiet icon-only" aria-label=${t("{name} s’en va", { name: personName(one) })} onClick=${() => void leave(live, one)}><${Icon} name="log-out" /></button>`}
  </li>`;
}
