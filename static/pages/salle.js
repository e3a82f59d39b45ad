/**
 * The page of a device that several heads share: who is here, what the table writes, ballots passed from one to the
 * next, a call for help.
 * @module
 */
import { t } from "../core/i18n.js";
import { currentBlock, openRound, running, session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { html, useEffect, useRef } from "../vendor/ui.js";
import { lazy } from "../views/lazy.js";
import { LegalLinks } from "../views/legal.js";
import { useAwake } from "../views/people/awake.js";
import { Bands } from "../views/people/band.js";
import { Door } from "../views/people/doors.js";
import { useHappenings } from "../views/people/happenings.js";
import { StepHead } from "../views/people/head.js";
import { stageOf, useWide, voteOf } from "../views/people/moment.js";
import { startPage } from "../views/people/start.js";
import { CallButton } from "../views/room/call.js";
import { WhoIsHere, useGuests } from "../views/room/people.js";
import { Work } from "../views/room/work.js";
import { StatusLine } from "../views/status.js";

/** @typedef {import("../core/session.js").Live} Live */

/** Time after which what is not needed yet is fetched, in ms. */
const LATER = 4000;

const GroupBand = lazy(() => import("../views/people/group.js").then((module) => module.GroupBand));
const RoomVote = lazy(() => import("../views/room/vote.js").then((module) => module.RoomVote));

/** @param {{live: Live, links: DOMStringMap}} props */
function Page({ live, links }) {
  useHappenings(live);
  useGuests(live);
  useAwake();
  const open = stageOf(live) === "open" && live.seat.value !== null && live.connection.bye.value === null;
  const title = open ? currentBlock(live.store)?.title : session(live.store)?.title;
  useEffect(() => {
    document.title = [title, live.seat.value?.name, "Pas de côté"].filter(Boolean).join(" · ");
  }, [title]);
  return html`<div class="salle"><${StatusLine} announcer=${live.announcer} hidden />
    ${open ? html`<${Table} live=${live} />` : html`<${Bands} live=${live} /><${Door} live=${live} room links=${links}>
      ${stageOf(live) === "waiting" && html`<div class="door-who"><${WhoIsHere} live=${live} /></div>`}</${Door}>`}
  </div>`;
}

/** The vote that passes from head to head: a lock suspends it, without taking away the ballot that somebody is filling in. @param {Live} live */
function useVoteHere(live) {
  const before = useRef("");
  const open = openRound(live.store);
  const suspended = session(live.store)?.locked === true && open?.status === "open" && open.id === before.current;
  const round = voteOf(live) ?? (suspended ? open : undefined);
  before.current = round?.id ?? "";
  return round;
}

/** @param {{live: Live}} props */
function Table({ live }) {
  const round = useVoteHere(live);
  const wide = useWide();
  const block = currentBlock(live.store);
  const voting = round !== undefined;
  return html`<div class="table" data-voting=${voting}>
    <${StepHead} live=${live} before=${live.seat.value?.name ?? ""} />
    <${Bands} live=${live} />
    ${running(live.store) && html`<${GroupBand} live=${live} />`}
    <div class="table-main">
      ${!voting && html`<div class="table-side">
        ${wide ? html`<${WhoIsHere} live=${live} />` : html`<details class="who-folded"><summary>${t("Qui est là\u00a0:")} <strong>${live.seat.value?.heads ?? 1}</strong></summary><${WhoIsHere} live=${live} /></details>`}
        ${wide ? html`<div class="table-help"><${CallButton} live=${live} /><${LegalLinks} live=${live} /></div>` : html`<${CallButton} live=${live} />`}</div>`}
      <div class="table-center">
        ${round ? html`<${RoomVote} key=${round.id} live=${live} round=${round} call=${html`<${CallButton} live=${live} quiet />`} />`
          : html`<${Work} key="work" live=${live} block=${block} />`}
      </div>
    </div>
    ${!wide && !voting && html`<div class="table-end"><${LegalLinks} live=${live} /></div>`}
  </div>`;
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
// What comes later in the workshop is fetched while the network is there, once the page has settled.
void live.ready.then(() => setTimeout(() => {
  void Promise.allSettled([import("../views/room/names.js"), import("../views/list.js")]);
}, LATER));
startPage(main, live, () => html`<${Page} live=${live} links=${main.dataset} />`);
