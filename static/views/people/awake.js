/**
 * Keeps the screen awake where the browser can: a wall or a table's tablet must not go dark in mid-workshop.
 *
 * Exports: useAwake.
 * @module
 */
import { useEffect } from "../../vendor/ui.js";

/** Asks for it again each time the page comes back into sight, as browsers take it away meanwhile. */
export function useAwake() {
  useEffect(() => {
    /** @type {{release: () => Promise<void>}|null} */
    let lock = null;
    let gone = false;
    const ask = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      try {
        lock = await navigator.wakeLock.request("screen");
        if (gone) void lock.release();
      } catch {
        // Refused (battery, setting): the device keeps its own habits.
      }
    };
    void ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}
