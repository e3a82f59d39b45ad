/**
 * The browser floor, said kindly. A classic script in old syntax, so that the browsers it is for can read it: where
 * modules or what the pages rely on are missing, it shows the sentence that the page already holds.
 * @module
 */
(function () {
  var script = document.createElement("script");
  var enough =
    "noModule" in script &&
    typeof window.structuredClone === "function" &&
    typeof window.HTMLDialogElement === "function" &&
    window.CSS && CSS.supports && CSS.supports("container-type", "inline-size");
  if (enough) return;
  var floor = document.getElementById("plancher");
  var page = document.getElementById("page");
  if (floor) floor.hidden = false;
  if (page) page.hidden = true;
})();
