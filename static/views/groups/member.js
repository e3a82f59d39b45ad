/**
 * A person or shared device in a group, with site and service: moved by its menu, or by drag on a computer.
 *
 * Exports: Member({live, partition, seat, group}), MemberList({live, partition, seats, group, label}), useDrop(live, partition, group, name), mixWords(live, seats), headsOf(seats).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { placeInGroup } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { followRow } from "../drive/follow.js";
import { siteShort } from "../drive/seat.js";
import { MenuButton } from "../menu.js";
import { desk, groupsOf } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Partition} Partition */
/** @typedef {import("../../core/types.js").Seat} Seat */

const CARRIED = "text/x-seat";

/** @param {Seat[]} seats a shared device counts for its heads */
export const headsOf = (seats) => seats.reduce((sum, seat) => sum + Math.max(1, seat.heads), 0);

/** @param {Live} live @param {Seat} seat @returns {{site: string, service: string}} */
const facts = (live, seat) => ({
  site: siteShort(live.store.get("site", seat.site)?.name ?? ""),
  service: live.store.get("profile", seat.id)?.service ?? "",
});

/** « 3 services, 2 sites »: what a group mixes. @param {Live} live @param {Seat[]} seats @returns {string} */
export function mixWords(live, seats) {
  const count = (/** @type {"site"|"service"} */ what) => new Set(seats.map((seat) => facts(live, seat)[what]).filter(Boolean)).size;
  const [sites, services] = [count("site"), count("service")];
  return [services ? tn("{n} service", "{n} services", services) : "", sites ? tn("{n} site", "{n} sites", sites) : ""].filter(Boolean).join(", ");
}

/** @param {Live} live @param {Partition} partition @param {Seat} seat @param {string} group id, "" for none @param {string} name */
async function place(live, partition, seat, group, name) {
  const { done } = await live.send(placeInGroup({ partition: partition.id, seat: seat.id, group })).outcome;
  if (!done) return;
  desk(live).moved.value = partition.id;
  live.announcer.say(t("{name}\u00a0: {group}.", { name: seat.name, group: name }));
  followRow(`.group-member[data-seat="${CSS.escape(seat.id)}"]`);
}

/** @param {{live: Live, partition: Partition, seat: Seat, group: string}} props `group` id where it is, "" for nowhere */
export function Member({ live, partition, seat, group }) {
  const { site, service } = facts(live, seat);
  const about = [site, service, seat.role === "room" ? tn("{n} personne", "{n} personnes", seat.heads) : ""].filter(Boolean).join(", ");
  const items = () => [
    { heading: t("Déplacer vers") },
    ...groupsOf(live.store, partition.id).map((one) => ({ label: one.name, checked: one.id === group, act: () => void (one.id !== group && place(live, partition, seat, one.id, one.name)) })),
    ...(group ? [{ label: t("Sans sous-groupe"), checked: false, act: () => void place(live, partition, seat, "", t("sans sous-groupe")) }] : []),
  ];
  const start = (/** @type {DragEvent} */ event) => {
    event.dataTransfer?.setData(CARRIED, seat.id);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  };
  return html`<li class="group-member" draggable="true" onDragStart=${start} data-seat=${seat.id}>
    <span class="grow"><span>${seat.name}</span>${about ? html` <span class="small muted">${about}</span>` : null}</span>
    <${MenuButton} label=${t("Déplacer")} title=${t("Déplacer {name}", { name: seat.name })} icon="move" iconOnly class="button quiet" items=${items} />
  </li>`;
}

/** @param {{live: Live, partition: Partition, seats: Seat[], group: string, label: string}} props */
export const MemberList = ({ live, partition, seats, group, label }) => html`<ul role="list" class="group-members" aria-label=${label}>
  ${seats.map((seat) => html`<${Member} key=${seat.id} live=${live} partition=${partition} seat=${seat} group=${group} />`)}</ul>`;

/**
 * What a card needs to take a person let go on it. Call it at each render, like a hook.
 * @param {Live} live @param {Partition} partition @param {string} group id, "" for nowhere @param {string} name
 */
export function useDrop(live, partition, group, name) {
  const [aimed, setAimed] = useState(false);
  const carries = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes(CARRIED) ?? false;
  return {
    "data-aimed": aimed,
    onDragOver(/** @type {DragEvent} */ event) {
      if (!carries(event)) return;
      event.preventDefault();
      if (!aimed) setAimed(true);
    },
    onDragLeave(/** @type {DragEvent} */ event) {
      if (!(event.currentTarget instanceof Element && event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setAimed(false);
    },
    onDrop(/** @type {DragEvent} */ event) {
      setAimed(false);
      if (!carries(event)) return;
      event.preventDefault();
      const seat = live.store.get("seat", event.dataTransfer?.getData(CARRIED) ?? "");
      const from = seat && live.store.get("placement", `${partition.id}:${seat.id}`)?.group;
      if (seat && (from ?? "") !== group) void place(live, partition, seat, group, name);
    },
  };
}
