/**
 * The side of a step that gathers, votes or works in groups: how many notes in each group of them, what the vote will bear on, its
 * turnout, how people will be split.
 *
 * Exports: Gathering({live}), RoundSide({live}), GroupsPlanned({live}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { arrange, blocks, currentBlock, openRound, session } from "../../core/selectors.js";
import { listed } from "../../core/words.js";
import { confirmDialog } from "../dialog.js";
import { groupsStage } from "../groups/moment.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live}} props */
export function Gathering({ live }) {
  const block = currentBlock(live.store);
  if (!block || block.view !== "regrouper" || !block.board || ["draft", "running"].includes(groupsStage(live).stage)) return null;
  const areas = arrange(live.store, block.board);
  const clusters = areas.flatMap((area) => area.clusters);
  const lone = areas.reduce((sum, area) => sum + area.notes.length, 0);
  const votes = blocks(live.store).some((one) => one.board === block.board && one.round?.target === "clusters" && one.status === "waiting");
  return html`<section aria-label=${t("Groupes de notes")}>
    <h2 class="overline">${t("Groupes de notes")}</h2>
    ${clusters.length ? null : html`<p class="small muted">${t("Aucun groupe encore. Choisissez des notes, puis «\u00a0Regrouper\u00a0».")}</p>`}
    <ul role="list" class="side-rows">
      ${clusters.map(({ cluster, notes }) => html`<li key=${cluster.id} class="spread"><span class="grow">${cluster.title || t("Sans titre")}</span><span class="numeric">${notes.length}</span></li>`)}
      <li class="spread"><span class="grow">${t("Notes seules")}</span><span class="numeric">${lone}</span></li>
    </ul>
    ${votes && lone ? html`<p class="notice small">${tn("Le vote portera sur les groupes de notes\u00a0: {n} note seule n’y sera pas.", "Le vote portera sur les groupes de notes\u00a0: {n} notes seules n’y seront pas.", lone)}</p>` : null}
  </section>`;
}

/** How the step will split people, before anything is drawn. @param {{live: Live}} props */
export function GroupsPlanned({ live }) {
  const plan = currentBlock(live.store)?.groups;
  if (!plan || groupsStage(live).stage !== "none") return null;
  const mixed = plan.mix.map((what) => (what === "service" ? t("les services") : t("les sites")));
  const how = plan.mode === "merge" ? t("Les sous-groupes précédents, réunis deux à deux.")
    : plan.mode === "hand" ? t("Formés à la main, {size} personnes environ.", { size: plan.size })
    : mixed.length && plan.mode === "balanced" ? t("{size} personnes environ, en mélangeant {mixed}.", { size: plan.size, mixed: listed(mixed) }) : t("{size} personnes environ, au hasard.", { size: plan.size });
  return html`<section class="stack" aria-labelledby="groups-planned"><h2 id="groups-planned" class="overline">${t("Sous-groupes prévus")}</h2>
    <p class="small">${how} ${plan.carry ? t("Les notes de chaque personne la suivent.") : ""}</p>
    <p class="small muted">${t("Vous verrez le tirage avant d’y envoyer tout le monde.")}</p></section>`;
}

/** @param {{live: Live}} props */
export function RoundSide({ live }) {
  const block = currentBlock(live.store);
  if (!block?.round || session(live.store)?.status !== "open") return null;
  const round = openRound(live.store, block.id);
  const plan = block.round;
  if (!round) {
    const rules = plan.method === "dots"
      ? `${tn("{n} gommette par personne", "{n} gommettes par personne", plan.budget)}, ${tn("{n} au plus par choix", "{n} au plus par choix", plan.cap)}.`
      : t("Une réponse par personne.");
    return html`<section class="stack" aria-label=${t("Vote")}><h2 class="overline">${t("Vote")}</h2><p>${plan.question}</p><p class="small muted">${rules} ${plan.secret ? t("Secret jusqu’au résultat.") : ""}</p><${Choices} live=${live} block=${block} /></section>`;
  }
  const turnout = live.store.gauges.value.turnout;
  const here = turnout && turnout.round === round.id ? turnout : null;
  const close = async () => {
    if (await confirmDialog({ title: t("Clore sans montrer\u202f?"), text: t("Le vote se ferme. Vous seul, avec la coanimation, verrez le résultat jusqu’à ce que vous l’affichiez."), confirm: t("Clore sans montrer") })) {
      live.send(ask.closeRound({ round: round.id }));
    }
  };
  return html`<section aria-label=${t("Vote")} class="stack">
    <h2 class="overline">${t("Vote")}</h2>
    <p>${round.question}</p>
    ${round.status === "open" && here ? html`<p class="turnout"><span class="numeric">${here.ballots}</span> ${tn("bulletin sur {heads}", "bulletins sur {heads}", here.ballots, { heads: here.heads })}</p>` : null}
    ${round.status === "open" ? html`<p class="small muted">${t("Les choix restent secrets jusqu’au résultat.")}</p>
      <button type="button" class="button" onClick=${close}>${t("Clore sans montrer")}</button>` : null}
    ${round.status === "closed" ? html`<p class="small soon">${t("Clos. Le résultat n’est visible que de l’animation.")}</p>` : null}
    ${round.status === "open" ? html`<details><summary class="small">${tn("{n} choix", "{n} choix", round.options.length)}</summary><ul class="side-rows" role="list">${round.options.map((option) => html`<li key=${option.id}>${option.title}</li>`)}</ul></details>` : null}
  </section>`;
}

/** How many choices the vote would offer; where there are too few, what to do. @param {{live: Live, block: import("../../core/types.js").Block}} props */
function Choices({ live, block }) {
  if (block.round?.target !== "clusters" || !block.board) return null;
  const n = arrange(live.store, block.board).flatMap((area) => area.clusters).filter((gathered) => gathered.notes.length > 0).length;
  return n >= 2
    ? html`<p class="small">${tn("Le vote portera sur {n} groupe de notes.", "Le vote portera sur {n} groupes de notes.", n)}</p>`
    : html`<p class="notice warning small">${t("Le vote porte sur les groupes de notes, et il en faut deux au moins. Formez-les ici même, dans le tableau ou la liste.")}</p>`;
}
