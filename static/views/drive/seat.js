/**
 * One person or shared device in the list of people, and what facilitators may do for it: rename, move to another site or
 * to a shared device, hand over its own link, take it away.
 *
 * Exports: SeatRow({live, seat}), siteShort(name).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { placeSeat } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { byRank, session } from "../../core/selectors.js";
import { sorted } from "../../core/words.js";
import { confirmDialog, promptDialog } from "../dialog.js";
import { MenuButton } from "../menu.js";
import { followRow } from "./follow.js";
import { openPersonalLink } from "./handover.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Seat} Seat */
/** @typedef {import("../menu.js").MenuItem} MenuItem */

const ROLES = {
  facilitator: () => t("animation"), cofacilitator: () => t("coanimation"), observer: () => t("observation"),
  room: () => t("appareil partagé"), participant: () => "", projector: () => t("projecteur"),
};

/** Enough of a site's name for a sentence: « Toulouse » of « Toulouse, rectorat ». @param {string} name */
export const siteShort = (name) => name.split(",")[0].trim() || name;

/** @param {Live} live @param {Seat} seat @returns {Seat|undefined} the shared device where this person's ballot now is */
const deviceOf = (live, seat) => (seat.device ? live.store.get("seat", seat.device) : undefined);

/** @param {{live: Live, seat: Seat}} props */
export function SeatRow({ live, seat }) {
  const here = (live.store.gauges.value.here ?? []).includes(seat.id);
  const device = deviceOf(live, seat);
  const about = [
    ROLES[seat.role](), seat.role === "room" ? tn("{n} personne", "{n} personnes", seat.heads) : "",
    device ? t("sur l’appareil «\u00a0{name}\u00a0»", { name: device.name }) : here ? "" : t("absent pour l’instant"),
  ].filter(Boolean);
  return html`<li class="people-seat" data-seat=${seat.id}>
    <span class="presence ${here ? "here" : ""}" aria-hidden="true"></span>
    <span class="grow"><span>${seat.name}</span>${about.length ? html`<span class="small muted"> ${about.join(", ")}</span>` : null}</span>
    <${MenuButton} label=${t("Actions")} title=${t("Actions pour {name}", { name: seat.name })} icon="ellipsis" iconOnly class="button quiet" items=${() => seatItems(live, seat)} />
  </li>`;
}

/** @param {Live} live @param {Seat} seat @returns {MenuItem[]} */
function seatItems(live, seat) {
  return [
    { label: t("Renommer…"), icon: "pencil", act: () => void rename(live, seat) },
    ...(seat.role === "room" ? [{ label: t("Changer le nombre de personnes…"), icon: "users", act: () => void setHeads(live, seat) }] : []),
    { label: t("Lien personnel…"), icon: "link", act: () => openPersonalLink(live, seat) },
    ...siteItems(live, seat),
    ...deviceItems(live, seat),
    { separator: /** @type {const} */ (true) },
    { label: t("Retirer…"), icon: "x", act: () => void remove(live, seat), danger: true },
  ];
}

/** @param {Live} live @param {Seat} seat @returns {MenuItem[]} */
function siteItems(live, seat) {
  const sites = [...live.store.all("site")].sort(byRank);
  if (sites.length < 2 && sites[0]?.id === seat.site) return [];
  if (sites.length === 0) return [];
  const place = async (/** @type {import("../../core/types.js").Site} */ site) => {
    if (site.id === seat.site) return;
    const { done } = await live.send(placeSeat({ seat: seat.id, site: site.id })).outcome;
    if (!done) return;
    live.announcer.say(t("{name}\u00a0: {site}.", { name: seat.name, site: site.name }));
    followRow(`.people-seat[data-seat="${CSS.escape(seat.id)}"]`);
  };
  return [{ heading: t("Site") }, ...sites.map((site) => ({ label: site.name, checked: site.id === seat.site, act: () => void place(site) }))];
}

/** A person whose own device died votes from a shared one, and counts once all the same. @param {Live} live @param {Seat} seat @returns {MenuItem[]} */
function deviceItems(live, seat) {
  if (seat.role !== "participant" || session(live.store)?.status !== "open") return [];
  const go = async (/** @type {string} */ device, /** @type {string} */ said) => {
    const { done } = await live.send(ask.moveToDevice({ seat: seat.id, device })).outcome;
    if (done) live.announcer.say(said);
  };
  if (seat.device) {
    return [{ heading: t("Appareil partagé") }, { label: t("Revient sur son propre appareil"), icon: "smartphone", act: () => void go("", t("{name} est de nouveau sur son propre appareil.", { name: seat.name })) }];
  }
  const rooms = sorted(live.store.all("seat").filter((one) => one.role === "room" && !one.removed), (one) => one.name);
  // The device of one's own site first: that is the one at hand.
  const near = [...rooms.filter((one) => one.site === seat.site), ...rooms.filter((one) => one.site !== seat.site)];
  if (near.length === 0) return [];
  return [{ heading: t("Appareil partagé") }, ...near.map((room) => ({
    label: t("Passe sur l’appareil de {name}", { name: room.name }), hint: live.store.get("site", room.site)?.name, icon: "tablet",
    act: () => void go(room.id, t("{name} est maintenant sur l’appareil de {room}.", { name: seat.name, room: room.name })),
  }))];
}

/** @param {Live} live @param {Seat} seat */
async function rename(live, seat) {
  const name = await promptDialog({ title: t("Renommer cette place"), label: t("Nom"), value: seat.name, confirm: t("Renommer"), most: 80 });
  if (name) live.send(ask.renameSeat({ seat: seat.id, name }));
}

/** @param {Live} live @param {Seat} seat */
async function setHeads(live, seat) {
  const text = await promptDialog({ title: t("Combien sont-ils devant cet appareil\u202f?"), label: t("Nombre de personnes"), value: String(seat.heads), confirm: t("Enregistrer"), most: 3 });
  if (text && Number.isInteger(Number(text))) live.send(ask.setHeads({ seat: seat.id, heads: Number(text) }));
}

/** @param {Live} live @param {Seat} seat */
async function remove(live, seat) {
  const sure = await confirmDialog({
    title: t("Retirer {name}\u202f?", { name: seat.name }), confirm: t("Retirer cette place"), danger: true,
    text: t("Son lien et son appareil ne donneront plus accès à l’atelier. Ses notes restent."),
  });
  if (sure) live.send(ask.removeSeat({ seat: seat.id }));
}
