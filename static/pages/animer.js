/**
 * Animer: the plan, the board or the list, the people, the timer, the wall, and one primary button.
 * @module
 */
import { html, render, useEffect, useSignal, useState } from "../vendor/ui.js";
import * as ask from "../core/commands.js";
import { startGroups } from "../core/driving.js";
import { t, tn } from "../core/i18n.js";
import { blocks, currentBlock, hiddenByZone, openRound, running, session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { clockTime } from "../core/words.js";
import { confirmDialog } from "../views/dialog.js";
import { Drawer, useSize } from "../views/drive/drawer.js";
import { Foot, Segments } from "../views/drive/foot.js";
import { Gathering, GroupsPlanned, RoundSide } from "../views/drive/gathering.js";
import { Calls } from "../views/drive/calls.js";
import { openHandOver } from "../views/drive/handover.js";
import { pace } from "../views/drive/pace.js";
import { headline, People, SetAsideNotes } from "../views/drive/people.js";
import { Rail } from "../views/drive/rail.js";
import { RehearsalBand } from "../views/drive/rehearsal.js";
import { openScreens } from "../views/drive/screens.js";
import { asked, SideForm, writeSheet } from "../views/drive/side_form.js";
import { StepHead } from "../views/drive/step.js";
import { WallTools } from "../views/drive/wall.js";
import { choicesOf, useUndoKeys, Work } from "../views/drive/work.js";
import { HarvestSide } from "../views/groups/harvest.js";
import { canForm, desk, form, groupsStage, partitionOf } from "../views/groups/moment.js";
import { StepInBand } from "../views/groups/overview.js";
import { Icon } from "../views/icon.js";
import { MenuButton } from "../views/menu.js";
import { ConnectionBand, Refusals, SaveState, StatusLine } from "../views/status.js";

/** @typedef {import("../core/session.js").Live} Live */

/** Server time, renewed every ten seconds: enough for clock times and minutes. @param {Live} live */
function useNow(live) {
  const [now, setNow] = useState(live.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(live.clock.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** @param {{live: Live}} props */
function Drive({ live }) {
  const now = useNow(live);
  const size = useSize();
  const filter = useSignal("");
  const [picked, setPicked] = useState(/** @type {Record<string, string>} */ ({}));
  const [drawer, setDrawer] = useState("");
  const block = currentBlock(live.store);
  const choices = choicesOf(live);
  // Whoever works in the list keeps it from step to step; where there is a result, the result comes first.
  const first = choices[0]?.id ?? "";
  const shown = choices.some((choice) => choice.id === picked[first]) ? picked[first] : first;
  const setView = (/** @type {string} */ view) => setPicked({ ...picked, [first]: view });
  const phone = size === "phone";
  useUndoKeys(live);
  const writing = asked(live).value;
  useEffect(() => setDrawer(""), [block?.id, size]);
  useEffect(() => {
    if (writing && size !== "wide") setDrawer("side");
  }, [writing, size]);
  useEffect(() => {
    document.title = [block?.title, session(live.store)?.title, "Pas de côté"].filter(Boolean).join(" · ");
  });
  const close = () => setDrawer("");
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && drawer) close();
  };
  const work = html`<${Work} live=${live} view=${shown} filter=${filter} />`;
  return html`<div class="drive" data-size=${size} data-writing=${writing ? "true" : undefined} onKeyDown=${escape}>
    <${Head} live=${live} now=${now} phone=${phone} />
    <${RehearsalBand} live=${live} />
    <${ConnectionBand} live=${live} />
    <div class="drive-body">
      <${Drawer} id="drive-rail" class="drive-rail" label=${t("Déroulé")} drawn=${phone || size === "narrow"} open=${drawer === "rail"} onClose=${close}>
        <${Rail} live=${live} now=${now} onEnter=${(/** @type {import("../core/types.js").Block} */ target) => void enter(live, target)} />
      </${Drawer}>
      <div class="drive-main">
        <${StepHead} live=${live} size=${size} />
        <${Bands} live=${live} />
        ${phone ? html`<${WallTools} live=${live} />` : work}
      </div>
      ${phone ? html`<${Drawer} id="drive-work" class="drive-over" label=${choices[0]?.label ?? ""} drawn open=${drawer === "work"} onClose=${close}>
        <${Segments} view=${shown} setView=${setView} choices=${choices} />${drawer === "work" ? html`<${StepInBand} live=${live} />${work}` : null}</${Drawer}>` : null}
      <${Drawer} id="drive-side" class="drive-side" label=${t("Personnes")} drawn=${size !== "wide"} open=${drawer === "side"} onClose=${close}>
        <${SideForm} live=${live} /><${Calls} live=${live} />${choices.some((choice) => choice.id === "harvest") && shown !== "harvest" ? html`<${HarvestSide} live=${live} go=${() => setView("harvest")} />` : null}<${GroupsPlanned} live=${live} /><${RoundSide} live=${live} /><${Outcome} live=${live} /><${Gathering} live=${live} /><${SetAsideNotes} live=${live} /><${People} live=${live} />
      </${Drawer}>
    </div>
    <${Refusals} live=${live} />
    <${Foot} live=${live} size=${size} view=${shown} setView=${setView} choices=${choices} drawer=${drawer} setDrawer=${setDrawer} />
    <${StatusLine} announcer=${live.announcer} hidden />
  </div>`;
}

/** Going to another step takes everyone there: it is asked first. @param {Live} live @param {import("../core/types.js").Block} target */
async function enter(live, target) {
  const from = currentBlock(live.store);
  const back = Boolean(from && target.rank < from.rank);
  const title = back ? t("Revenir à «\u00a0{title}\u00a0»\u202f?", { title: target.title }) : t("Passer à «\u00a0{title}\u00a0»\u202f?", { title: target.title });
  const all = back ? t("Tout le monde y revient. Ce qui a été révélé le reste.") : t("Tout le monde y passe en même temps.");
  const text = running(live.store) ? `${t("Les sous-groupes reviennent en plénière.")} ${all}` : all;
  if (await confirmDialog({ title, text, confirm: t("Y aller") })) live.send(ask.enterBlock({ block: target.id }));
}

/** What is unusual now, with the way out of it. @param {{live: Live}} props */
function Bands({ live }) {
  const state = session(live.store);
  const said = live.store.get("announcement", "announcement");
  return html`
    <${StepInBand} live=${live} />
    ${state?.locked && state.status === "open" ? html`<p class="band"><${Icon} name="lock" /><span class="grow">${t("La saisie est suspendue pour tout le monde.")}</span><button type="button" class="button" onClick=${() => live.send(ask.lockSession({ locked: false }))}>${t("Rendre la saisie")}</button></p>` : null}
    ${said ? html`<p class="band drive-said"><${Icon} name="megaphone" /><span class="grow"><span class="visually-hidden">${t("Annonce affichée\u00a0:")} </span>${said.text}</span><button type="button" class="button" onClick=${() => live.send(ask.announce({ text: "" }))}>${t("Retirer l’annonce")}</button></p>` : null}`;
}

/** After a vote, what came of it so far, and the way to note a decision. @param {{live: Live}} props */
function Outcome({ live }) {
  const block = currentBlock(live.store);
  const round = block?.round && session(live.store)?.status === "open" ? openRound(live.store, block.id) : undefined;
  if (!round || round.status !== "shown" || round.method !== "dots") return null;
  const actions = live.store.all("sheet").filter((sheet) => sheet.type === "action" && !sheet.removed);
  return html`<section class="stack" aria-labelledby="outcome">
    <h2 id="outcome" class="overline">${actions.length ? tn("{n} action notée", "{n} actions notées", actions.length) : t("Aucune action pour l’instant")}</h2>
    <ul role="list" class="side-rows">${actions.map((sheet) => html`<li key=${sheet.id}>${sheet.what}</li>`)}</ul>
    <div class="row">
      <button type="button" class="button" onClick=${() => writeSheet(live, "action")}>${t("Noter une action")}</button>
      <button type="button" class="button" onClick=${() => writeSheet(live, "decision")}>${t("Noter une décision")}</button>
    </div>
  </section>`;
}

/** @param {{live: Live, now: number, phone: boolean}} props */
function Head({ live, now, phone }) {
  const state = session(live.store);
  const { all, sites } = headline(live);
  return html`<header class="drive-head">
    <a class="drive-mark" href="/" aria-label=${t("Accueil")}><img src=${new URL("../logo.svg", import.meta.url).href} alt="" width="28" height="28" /></a>
    <p class="drive-title"><span>${state?.title ?? ""}</span>${phone ? html`<${Late} live=${live} now=${now} />` : null}</p>
    <p class="drive-people"><strong>${all}</strong> <span class="muted">${sites}</span></p>
    <${SaveState} live=${live} />
    <p class="drive-clock">${clockTime(now, state?.timezone)}</p>
    <${MenuButton} label=${t("Autres actions")} title=${t("Autres actions")} icon="ellipsis" iconOnly class="button quiet" items=${menu(live, phone)} />
  </header>`;
}

/** @param {{live: Live, now: number}} props the line that a phone has instead of the plan */
function Late({ live, now }) {
  const state = session(live.store);
  const plan = blocks(live.store);
  if (state?.status !== "open" || plan.length === 0) return null;
  const { end, late } = pace(plan, state, now);
  const time = clockTime(end, state.timezone);
  return html`<span class="small ${late >= 1 ? "late" : "muted"}">${late >= 1 ? t("{n}\u00a0min de retard, fin à {time}", { n: late, time }) : t("fin à {time}", { time })}</span>`;
}

/** After a recall that came too early: the same groups, on the boards that they have. @param {Live} live @returns {import("../views/menu.js").MenuItem[]} */
function sendBack(live) {
  const { stage, partition } = groupsStage(live);
  if (stage !== "over" || !partition || partition.block !== currentBlock(live.store)?.id) return [];
  return [{ label: t("Renvoyer dans les mêmes sous-groupes"), icon: "users", act: () => void live.send(startGroups({ partition: partition.id })) }];
}

/** @param {Live} live @param {boolean} phone @returns {import("../views/menu.js").MenuItem[]} what is done once in a workshop */
function menu(live, phone) {
  const state = session(live.store);
  const open = state?.status === "open";
  const go = (/** @type {string} */ page) => () => window.open(`/s/${live.id}/${page}`, "_blank", "noopener");
  const end = async () => {
    if (await confirmDialog({ title: t("Terminer l’atelier\u202f?"), text: t("Les participants sont remerciés et ne peuvent plus écrire. Vous pourrez encore corriger, ou reprendre."), confirm: t("Terminer l’atelier") })) live.send(ask.endSession());
  };
  return [
    { label: t("Préparation, liens et codes QR"), icon: "link", act: go("preparer") },
    { label: t("Ouvrir la page du mur"), icon: "projector", act: go("projeter") },
    ...(open && phone && live.store.get("timer", "timer") ? [{ label: t("Arrêter le minuteur"), icon: "timer", act: () => void live.send(ask.stopTimer()) }] : []),
    ...(canForm(live) && groupsStage(live).stage !== "draft" ? [{ label: groupsStage(live).stage === "over" ? t("Former d’autres sous-groupes") : t("Former des sous-groupes"), icon: "users", act: () => void formGroups(live) }] : []),
    ...sendBack(live),
    { label: t("Passer la main…"), icon: "user-plus", act: () => openHandOver(live) },
    { label: t("Brancher un écran…"), icon: "monitor", act: () => openScreens(live) },
    ...(open ? [{ label: state.locked ? t("Rendre la saisie") : t("Suspendre la saisie"), icon: state.locked ? "lock-open" : "lock", act: () => void live.send(ask.lockSession({ locked: !state.locked })) }] : []),
    ...(open && keptHidden(live) ? [{ label: t("Révéler les notes de l’étape à tous"), icon: "eye", act: () => void reveal(live) }] : []),
    ...(open ? [{ label: t("Terminer l’atelier…"), icon: "flag", act: () => void end(), danger: true }] : []),
  ];
}

/** Notes written in secret whose reveal the next step's groups stand in for: it stays possible. @param {Live} live */
function keptHidden(live) {
  const block = currentBlock(live.store);
  const plan = blocks(live.store);
  const next = plan[plan.findIndex((one) => one.id === block?.id) + 1];
  return block?.notes === "author" && !block.revealed && Boolean(next?.groups?.carry) && Object.values(hiddenByZone(live.store)).some((n) => n > 0);
}

/** @param {Live} live */
async function reveal(live) {
  const block = currentBlock(live.store);
  const sure = await confirmDialog({ title: t("Révéler les notes à tout le monde\u202f?"), text: t("Tout le monde les lira aussitôt. L’étape suivante prévoyait de les montrer d’abord en sous-groupes."), confirm: t("Révéler") });
  if (sure && block) live.send(ask.revealNotes({ block: block.id }));
}

/** A draft of groups in any step, or the one put away. @param {Live} live */
function formGroups(live) {
  const { away } = desk(live);
  const block = currentBlock(live.store);
  const kept = partitionOf(live.store)?.status === "draft";
  away.value = "";
  if (block && !kept) live.send(form(live.store, block));
}

/** Says what others do, batched, to whoever listens rather than looks. @param {Live} live */
function listen(live) {
  const known = new Set(live.store.all("note").map((note) => note.id));
  live.store.watch("note", (ids) => {
    const fresh = [...ids].filter((id) => !known.has(id) && live.store.get("note", id));
    for (const id of fresh) known.add(id);
    if (fresh.length) live.announcer.count("notes", (n) => tn("{n} nouvelle note", "{n} nouvelles notes", n), fresh.length);
  });
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
void live.ready.then(() => {
  listen(live);
  render(html`<${Drive} live=${live} />`, main);
});
