/**
 * What closes the reading: who approves, when participants may read, and archiving.
 *
 * Exports: Finish({live, facts, addresses, missing}).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { closeSession } from "../../core/commands.js";
import { approveMinutes, publishMinutes } from "../../core/driving.js";
import { t } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { longDate } from "../../core/words.js";
import { Icon } from "../icon.js";
import { TextField } from "../prepare/fields.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("./report.js").Facts} Facts */
/** @typedef {{drive?: string, archive?: string, review?: string}} Addresses */

/** @param {{live: Live, facts: Facts, addresses: Addresses, missing: number}} props */
export function Finish({ live, facts, addresses, missing }) {
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const ended = session(live.store)?.status === "ended";
  const archive = async () => {
    setBusy(true);
    const answer = await live.send(closeSession()).outcome;
    if (answer.done) return location.assign(addresses.archive ?? "");
    setBusy(false);
    setFailed(answer.message ?? t("L’archivage n’a pas abouti. Réessayez."));
  };
  const again = facts.version > 1 ? t("Archiver la version {n}", { n: facts.version }) : t("Archiver l’atelier");
  return html`<div class="review-finish">
    <${Approval} live=${live} />
    <${Publication} live=${live} />
    <p class="review-fact"><${Icon} name="lock" small /><span>${t("Le dossier à diffuser ne contient aucun nom d’auteur. Les présences vont dans le dossier réservé.")}</span></p>
    <p class="review-fact"><${Icon} name="clock" small /><span>${t("Tout sera effacé le {day} au plus tard.", { day: facts.erased })}</span></p>
    ${failed ? html`<p class="notice danger" role="alert">${failed}</p>` : null}
    ${ended
      ? html`<div class="review-acts"><a class="button block" href="/">${t("Finir plus tard")}</a>
          <button type="button" class="button primary large block" disabled=${busy} onClick=${archive}>${again}</button>
          ${missing > 0 ? html`<a class="review-missing" href="#points">${t("Points à compléter\u00a0: {n}", { n: missing })}</a>` : null}
          <p class="small muted centred">${t("Une correction reste possible ensuite\u00a0: elle fait une nouvelle version.")}</p></div>`
      : html`<div class="review-acts"><p class="small muted">${t("L’atelier n’est pas terminé\u00a0: vous pourrez archiver après la fin.")}</p><a class="button primary block" href=${addresses.drive}>${t("Revenir à l’animation")}</a></div>`}
  </div>`;
}

/** @param {{live: Live}} props */
function Approval({ live }) {
  const approval = live.store.get("approval", "approval");
  const [by, setBy] = useState("");
  const [on, setOn] = useState(() => new Date().toISOString().slice(0, 10));
  const ended = session(live.store)?.status === "ended";
  const approve = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (by.trim() && on) live.send(approveMinutes({ by: by.trim(), on }));
  };
  if (approval) {
    return html`<div class="review-approval"><h3>${t("Validation")}</h3><p class="small">${t("Validé par {name} le {day}", { name: approval.by, day: longDate(approval.on) })}.
      <button type="button" class="link" onClick=${() => live.send(approveMinutes({ by: "", on: "" }))}>${t("Revenir à un projet")}</button></p></div>`;
  }
  return html`<details class="review-approval"><summary>${t("Validation")}<span class="small muted"> · ${t("projet")}</span></summary>
    <form class="stack" onSubmit=${approve}>
      <div class="field"><label for="r-par">${t("Validé par")}</label><input id="r-par" type="text" maxlength="120" value=${by} disabled=${!ended} onInput=${(/** @type {any} */ event) => setBy(event.currentTarget.value)} /></div>
      <div class="field"><label for="r-le">${t("Le")}</label><input id="r-le" type="date" value=${on} disabled=${!ended} onInput=${(/** @type {any} */ event) => setOn(event.currentTarget.value)} /></div>
      <button class="button" disabled=${!ended || !by.trim() || !on}>${t("Noter la validation")}</button>
      <p class="hint">${t("Sans validation, le compte rendu porte la mention «\u00a0projet\u00a0».")}</p>
    </form></details>`;
}

/** @param {{live: Live}} props */
function Publication({ live }) {
  const on = session(live.store)?.publish_on ?? "";
  const put = (/** @type {string} */ day) => void live.send(publishMinutes({ on: day }));
  return html`<details class="review-approval" open=${on !== ""}><summary>${t("Pour les participants")}<span class="small muted"> · ${on ? t("à partir du {day}", { day: longDate(on) }) : t("pas annoncé")}</span></summary>
    <div class="field"><label for="r-jour">${t("Compte rendu lisible à leur lien à partir du")}</label><${TextField} id="r-jour" type="date" value=${on} most=${10} describedby="r-jour-aide" onSave=${put} />
      <p class="hint" id="r-jour-aide">${t("Une fois l’atelier archivé. D’ici là, leur lien annonce ce jour.")}</p></div></details>`;
}
