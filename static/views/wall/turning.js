/**
 * The page that a wall shows now: the one that it was turned to by hand; with automatic turning, the ones after it in their
 * turn, beginning anew whenever somebody turns it. A held wall stands still.
 *
 * Exports: usePage.
 * @module
 */
import { useEffect, useState } from "../../vendor/ui.js";
import { pageAt, wallPages } from "./pages.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {Live} live @param {import("../../core/types.js").View} view @returns {{at: number, pages: number}} */
export function usePage(live, view) {
  const [turned, setTurned] = useState(0);
  const wall = live.store.get("wall", "wall");
  const at = pageAt(live.store, view);
  const pages = wallPages(live.store, view);
  const seconds = wall && !wall.held && pages > 1 ? wall.turning : 0;
  useEffect(() => {
    setTurned(0);
    if (seconds <= 0) return undefined;
    const timer = setInterval(() => setTurned((n) => n + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds, at, pages, wall?.focus]);
  return { at: seconds > 0 ? (at + turned) % pages : at, pages };
}
