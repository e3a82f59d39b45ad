/**
 * A second vote between the choices that share the first rank; the first result stays in the minutes.
 *
 * Exports: tiedFirst(live, round), askRunoff(live, round).
 * @module
 */
import { openRound } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { listed } from "../../core/words.js";
import { confirmDialog } from "../dialog.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Round} Round */

/** @param {Live} live @param {Round} round @returns {import("../../core/types.js").Option[]} the choices tied first, fewer than two where there is no tie */
export function tiedFirst(live, round) {
  const first = (live.store.get("tally", round.id)?.rows ?? []).filter((row) => row.rank === 1 && row.points > 0);
  return round.method === "dots" ? round.options.filter((option) => first.some((row) => row.option === option.id)) : [];
}

/** @param {Live} live @param {Round} round */
export async function askRunoff(live, round) {
  const names = listed(tiedFirst(live, round).map((option) => `«\u00a0${option.title}\u00a0»`));
  const sure = await confirmDialog({ title: t("Départager par un second vote\u202f?"), confirm: t("Ouvrir le second vote"),
    text: t("On vote de nouveau, entre {names} seulement. Le premier résultat reste au compte rendu.", { names }) });
  if (sure) await live.send(openRound({ block: round.block, runoff_of: round.id })).outcome;
}
