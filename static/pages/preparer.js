/**
 * Préparer: the plan as a column of time, the chosen step as a sentence, what the wall and a telephone will show.
 * @module
 */
import { html, render, useEffect, useState } from "../vendor/ui.js";
import { openSession as openWorkshop } from "../core/commands.js";
import { t } from "../core/i18n.js";
import { blocks, byRank, session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { listed, longDate, percent } from "../core/words.js";
import { confirmDialog } from "../views/dialog.js";
import { share } from "../views/drive/pace.js";
import { Icon } from "../views/icon.js";
import { MenuButton } from "../views/menu.js";
import { openAbout } from "../views/prepare/about.js";
import { Methods, openAdding, openMethods } from "../views/prepare/adding.js";
import { Column } from "../views/prepare/column.js";
import { openInvite } from "../views/prepare/invite.js";
import { clockOf, gapsOf, lengthOf, participants, scheduled, unsaid } from "../views/prepare/plan.js";
import { Preview } from "../views/prepare/preview.js";
import { Rehearsing, rehearse, useRehearsal } from "../views/prepare/rehearse.js";
import { drawn, post } from "../views/prepare/post.js";
import { StepForm } from "../views/prepare/step.js";
import { ConnectionBand, Refusals, SaveState, StatusLine } from "../views/status.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {DOMStringMap} Facts what the server wrote on <main> */

/** @param {{live: Live, facts: Facts}} props */
function Prepare({ live, facts }) {
  const list = blocks(live.store);
  const [wanted, choose] = useState("");
  const [wall, setWall] = useState(/** @type {string|null} */ (null));
  const block = list.find((one) => one.id === wanted) ?? list[0];
  const way = useRehearsal(live, facts);
  useEffect(() => setWall(null), [block?.id]);
  const methods = JSON.parse(facts.methods ?? "[]");
  return html`<div class="prepare">
    <a class="skip-link" href="#etape">${t("Aller à l’étape choisie")}</a>
    <${Head} live=${live} facts=${facts} way=${way} />
    <${ConnectionBand} live=${live} />
    <${Rehearsing} live=${live} way=${way} />
    <${Figures} live=${live} facts=${facts} />
    <div class="prepare-body">
      <div class="prepare-plan"><${Column} live=${live} chosen=${block?.id ?? ""} choose=${choose} onAdd=${() => openAdding(live, list.find((one) => one.id === wanted) ?? list[list.length - 1], choose)} onMethod=${() => openMethods(live, methods)} /></div>
      <div class="prepare-main" id="etape" tabindex="-1">
        <${Refusals} live=${live} />
        ${block
          ? html`<${StepForm} key=${block.id} live=${live} block=${block} choose=${choose} onWall=${setWall} />`
          : html`<div class="prepare-empty"><h2>${t("Choisissez une méthode")}</h2><p class="muted">${t("Elle donne les étapes, les consignes et le tableau. Tout se change ensuite.")}</p><${Methods} live=${live} methods=${methods} /></div>`}
      </div>
      ${block ? html`<${Preview} live=${live} block=${block} code=${facts.code ?? ""} wall=${wall} />` : null}
    </div>
    <p id="plan-aide" class="visually-hidden">${t("Alt et flèche haut ou bas déplace l’étape.")}</p>
    <${StatusLine} announcer=${live.announcer} hidden />
  </div>`;
}

/** @param {{live: Live, facts: Facts, way: string}} props `way`: into the rehearsal under way */
function Head({ live, facts, way }) {
  const state = session(live.store);
  if (!state) return null;
  const preparing = state.status === "preparing";
  const open = async () => {
    const first = blocks(live.store)[0];
    const title = t("Ouvrir l’atelier maintenant\u202f?");
    const said = [first ? t("Tout le monde verra la première étape\u00a0: {title}. Le plan reste modifiable.", { title: first.title }) : t("Le plan est vide\u00a0: vous ajouterez des étapes en cours de route.")];
    const missing = unsaid(session(live.store));
    if (missing.length) said.push(t("Rien ne dit encore {list}.", { list: listed(missing) }));
    if (way) said.push(t("La répétition en cours s’arrête, et rien n’en reste."));
    if (!(await confirmDialog({ title, text: said.join(" "), confirm: t("Ouvrir l’atelier") }))) return;
    const answer = await live.send(openWorkshop()).outcome;
    if (answer.done) location.assign(facts.drive ?? "");
  };
  return html`<header class="prepare-head">
    <a class="site-mark" href="/" aria-label=${t("Accueil")}><${Mark} /></a>
    <div class="prepare-name">
      <h1>${state.title}</h1>
      <button type="button" class="link-button prepare-date" onClick=${() => openAbout(live, facts)}>${state.date ? longDate(state.date) : t("date à fixer")}<${Icon} name="pencil" small label=${t("Modifier l’objet, la date et les sites")} /></button>
    </div>
    <div class="prepare-acts">
      <${SaveState} live=${live} />
      <${MenuButton} label=${t("Autres actions")} icon="ellipsis" iconOnly class="button quiet" items=${others(live, facts)} />
      ${preparing && blocks(live.store).length && !way ? html`<button type="button" class="button" onClick=${() => void rehearse(live)}><${Icon} name="play" />${t("Répéter")}</button>` : null}
      <button type="button" class="button" onClick=${() => openInvite(live, facts)}><${Icon} name=${state.rehearsal ? "link" : "send"} />${state.rehearsal ? t("Liens") : t("Inviter")}</button>
      ${preparing
        ? html`<button type="button" class="button primary" onClick=${open}>${t("Ouvrir l’atelier")}</button>`
        : html`<a class="button primary" href=${facts.drive}>${t("Reprendre l’animation")}</a>`}
    </div>
  </header>`;
}

/** What is asked for now and then. @param {Live} live @param {Facts} facts @returns {import("../views/menu.js").MenuItem[]} */
function others(live, facts) {
  const items = [{ label: t("Imprimer le déroulé"), icon: "printer", act: () => openApart(`/s/${live.id}/deroule.pdf`) }];
  if (facts.holder && !session(live.store)?.rehearsal) items.unshift({ label: t("Dupliquer l’atelier"), icon: "copy", act: () => post(`/s/${live.id}/dupliquer`, { jeton: drawn() }) });
  return items;
}

/** @param {string} address in another tab */
function openApart(address) {
  window.open(address, "_blank", "noopener");
}

/** The mark: three dots, one of them a step aside. */
function Mark() {
  return html`<svg class="mark" viewBox="0 0 24 32" width="18" height="24" aria-hidden="true"><circle class="mark-ink" cx="8" cy="4.5" r="3.5" /><circle class="mark-step" cx="18.5" cy="16" r="3.5" /><circle class="mark-ink" cx="8" cy="27.5" r="3.5" /></svg>`;
}

/** @param {{live: Live, facts: Facts}} props */
function Figures({ live, facts }) {
  const state = session(live.store);
  const list = blocks(live.store);
  const sites = [...live.store.all("site")].sort(byRank);
  const { total } = scheduled(list);
  const part = share(list);
  const gaps = gapsOf(state, list, sites);
  const missing = state?.status === "preparing" ? unsaid(state) : [];
  const say = () => openAbout(live, facts, state?.stays_open ? "a-decide" : "a-ouvert");
  const hours = state?.start && total ? t("{from} à {to}", { from: clockOf(state.start, 0), to: clockOf(state.start, total) }) : "";
  return html`<div class="prepare-figures">
    <p class="figure-length"><strong>${lengthOf(total)}</strong> <span class="muted">${hours}</span></p>
    <div class="figure-share">
      <p><strong>${percent(part)}</strong> ${t("de temps collaboratif")}</p>
      <div class="share-bar" role="img" aria-label=${t("{share} de temps collaboratif, objectif 50\u00a0% au moins", { share: percent(part) })}>
        <span class="share-part" data-low=${list.length > 0 && part < 0.5} style=${{ width: `${Math.round(part * 100)}%` }}></span><span class="share-mark"></span>
      </div>
      <p class="small muted share-aim" aria-hidden="true">${t("objectif 50\u00a0%")}</p>
    </div>
    <div class="figure-gaps small">${gaps
      ? html`<${Icon} name="info" /><p>${gaps} <button type="button" class="link-button" onClick=${() => openAbout(live, facts)}>${t("Compléter")}</button></p>`
      : html`<span class="saved"><${Icon} name="circle-check" /></span><div><p><strong>${t("Le plan est complet.")}</strong> <span class="muted">${participants(sites)}</span></p>
        ${missing.length ? html`<p class="muted">${t("Rien ne dit encore {list}.", { list: listed(missing) })} <button type="button" class="link-button" onClick=${say}>${t("Le dire")}</button></p>` : null}</div>`}</div>
  </div>`;
}

const main = /** @type {HTMLElement} */ (document.querySelector("#page"));
const live = openSession(main);
void live.ready.then(() => {
  main.replaceChildren();
  render(html`<${Prepare} live=${live} facts=${main.dataset} />`, main);
  if (location.hash === "#inviter") openInvite(live, main.dataset);
});
