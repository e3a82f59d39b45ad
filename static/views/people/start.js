/**
 * Puts a live page in place of the shell that the server sent, as soon as there is something to show: a first view, or
 * the word that there will be none.
 *
 * Exports: startPage.
 * @module
 */
import { effect, render } from "../../vendor/ui.js";

/**
 * @param {HTMLElement} main
 * @param {import("../../core/session.js").Live} live
 * @param {() => any} page draws the whole page; it follows the records by itself
 */
export function startPage(main, live, page) {
  const farewell = new Promise((resolve) => {
    const stop = effect(() => {
      if (live.connection.bye.value === null) return;
      resolve(undefined);
      queueMicrotask(() => stop());
    });
  });
  void Promise.race([live.ready, farewell]).then(() => {
    main.replaceChildren();
    main.removeAttribute("aria-busy");
    render(page(), main);
  });
}
