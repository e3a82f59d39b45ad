/**
 * The home page's menus, which open without any script: this only closes them as menus close, by Escape or by a click elsewhere.
 * @module
 */

/** @returns {NodeListOf<HTMLDetailsElement>} */
const menus = () => document.querySelectorAll("details.card-more[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A page come back to shows no menu left open.
addEventListener("pageshow", () => menus().forEach((menu) => (menu.open = false)));
