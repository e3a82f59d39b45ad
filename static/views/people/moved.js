/**
 * For a person who goes on at the room's device, their own being dead: where their ballot is, and the way back.
 *
 * Exports: MovedBand({live}).
 * @module
 */
import { moveToDevice } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { html, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live}} props */
export function MovedBand({ live }) {
  const [asked, setAsked] = useState(false);
  const seat = live.seat.value;
  if (!seat?.device) return null;
  const device = live.store.get("seat", seat.device);
  // Its name is not everyone's to see, nor is its site.
  const where = device?.name ? t("l’appareil partagé «\u00a0{device}\u00a0»", { device: device.name }) : t("un appareil partagé");
  const back = () => {
    setAsked(true);
    void live.send(moveToDevice({ seat: seat.id, device: "" })).outcome.then(({ done }) => {
      setAsked(false);
      if (done) live.announcer.say(t("Vous participez de nouveau depuis cet appareil."));
    });
  };
  return html`<div class="band moved-band"><${Icon} name="tablet" /><div class="grow">
      <p><strong>${t("Vous participez avec {where}.", { where })}</strong></p>
      <p class="small">${t("Votre bulletin s’y trouve\u00a0: vous ne votez pas ici. Vos notes sont gardées.")}</p></div>
    <button type="button" class="button" aria-disabled=${asked} onClick=${() => !asked && back()}>${t("Reprendre ici")}</button></div>`;
}
