/**
 * Copies a text for the person, where the browser lets us: the clipboard exists over https only, so an older way
 * stands behind it.
 *
 * Exports: copyText.
 * @module
 */
import { el } from "../../core/dom.js";
import { t } from "../../core/i18n.js";

/** @param {import("../../core/session.js").Live} live @param {string} text says on the status line whether it worked */
export async function copyText(live, text) {
  const before = document.activeElement;
  let copied = false;
  try {
    await navigator.clipboard.writeText(text);
    copied = true;
  } catch {
    const field = el("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    copied = document.execCommand("copy");
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
  live.announcer.say(copied ? t("Copié.") : t("La copie n’est pas possible ici\u00a0: sélectionnez le texte."));
}
