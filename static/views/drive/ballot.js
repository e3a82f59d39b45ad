/**
 * The facilitators' own ballot, where the step says that they vote: as on everyone's page, beside the drive.
 *
 * Exports: OwnBallot({live, round}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { useBallot, Vote, VoteLeft } from "../people/vote.js";

/** @param {{live: import("../../core/session.js").Live, round: import("../../core/types.js").Round}} props */
export function OwnBallot({ live, round }) {
  const ballot = useBallot(live, round);
  return html`<div class="own-ballot stack"><${Vote} live=${live} round=${round} ballot=${ballot} /><${VoteLeft} live=${live} round=${round} ballot=${ballot} /></div>`;
}
