/**
 * « Appeler l'animation »: asks for help in silence, says that it was heard, and takes it back.
 *
 * Exports: CallButton({live, quiet?}).
 * @module
 */
import { lowerHand, raiseHand } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { html, useEffect, useRef } from "../../vendor/ui.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live, quiet?: boolean}} props */
export function CallButton({ live, quiet = false }) {
  const seat = live.seat.value?.id ?? "";
  const up = live.store.get("call", seat) !== undefined;
  const was = useRef(up);
  const own = useRef(false); // whether the next change is this button's
  useEffect(() => {
    if (was.current && !up && !own.current) live.announcer.say(t("L’animation a vu votre appel."));
    was.current = up;
    own.current = false;
  }, [up]);
  const turn = () => {
    own.current = true;
    live.send(up ? lowerHand({ seat }) : raiseHand({ reason: "help" }));
    live.announcer.say(up ? t("Appel annulé.") : t("L’animation est prévenue."));
  };
  return html`<div class="call-box" data-up=${up}>
    <button type="button" class=${quiet ? "button quiet call" : "button large call"} aria-pressed=${up} onClick=${turn}>
      <${Icon} name="life-buoy" />${up ? t("Annuler l’appel") : t("Appeler l’animation")}</button>
    ${up && html`<p class="call-said small"><${Icon} name="check" small />${t("L’animation est prévenue.")}</p>`}
  </div>`;
}
