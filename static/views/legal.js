/**
 * The two pages that every page leads to: what is kept of people, and how accessible this is.
 *
 * Exports: LegalLinks({live}).
 * @module
 */
import { html } from "../vendor/ui.js";
import { t } from "../core/i18n.js";

/** They open beside the page: nobody loses their place for reading them. @param {{live: import("../core/session.js").Live}} props */
export function LegalLinks({ live }) {
  return html`<p class="legal small">
    <a href=${`/s/${live.id}/donnees`} target="_blank" rel="noopener">${t("Données personnelles")}</a>
    <a href="/accessibilite" target="_blank" rel="noopener">${t("Accessibilité\u00a0: non conforme")}</a>
  </p>`;
}
