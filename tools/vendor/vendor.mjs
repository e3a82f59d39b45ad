// Bundles and copies third-party browser code into static/vendor and tests/browser/vendor.
// For maintainers only: `make vendor`. The results are committed, so nobody needs npm to run or change the app.
// Versions come from package.json beside this file; licences and SHA-384 land next to the files.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const root = join(here, "..", "..");
const served = join(root, "static", "vendor");
const tested = join(root, "tests", "browser", "vendor");

// The browser floor of the product (README): what esbuild may not assume.
const floor = ["chrome109", "edge109", "firefox128", "safari16"];

const icons = [
  "archive", "armchair", "arrow-left", "arrow-right", "between-horizontal-start", "bell", "check", "chevron-down",
  "chevron-left", "chevron-right", "chevron-up", "circle", "circle-check", "circle-dot", "circle-help", "circle-x",
  "clipboard-list", "clock", "cloud-off", "copy", "download", "ellipsis", "ellipsis-vertical", "eye", "eye-off",
  "file-text", "filter", "flag", "folder-lock", "grip-horizontal", "grip-vertical", "group", "hand", "history",
  "house", "image", "info", "layout-grid", "life-buoy", "link", "list", "list-checks", "loader-circle", "lock",
  "lock-open", "log-out", "map-pin", "maximize", "maximize-2", "megaphone", "menu", "merge", "minimize-2", "minus",
  "monitor", "move", "package", "palette", "panel-left", "panel-right", "pause", "pencil", "play", "plus", "printer",
  "projector", "qr-code", "redo-2", "refresh-cw", "save", "scan-line", "search", "send", "settings", "share-2",
  "shield-check", "skip-forward", "smartphone", "split", "square", "sticky-note", "tablet", "timer", "trash-2",
  "triangle-alert", "undo-2", "ungroup", "user", "user-plus", "users", "vote", "wifi-off", "x", "zoom-in", "zoom-out",
];

// lucide renames icons now and then; our names stay.
const renamed = { "circle-help": "circle-question-mark", filter: "funnel" };

const entries = [];

function versionOf(name) {
  const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return { name, version, license };
}

function keepLicence(name, folder, file = "LICENSE") {
  const target = join(folder, "LICENSES", `${name.replace(/^@/, "").replaceAll("/", "-")}.txt`);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(modules, name, file), target);
}

function record(folder, file, packages) {
  const sha384 = createHash("sha384").update(readFileSync(join(folder, file))).digest("base64");
  entries.push({ file, sha384, packages: packages.map(versionOf) });
}

async function bundle(file, entry, packages) {
  const names = packages.map(versionOf).map((one) => `${one.name} ${one.version} (${one.license})`);
  await build({
    entryPoints: [entry],
    outfile: join(served, file),
    bundle: true,
    minify: true,
    format: "esm",
    target: floor,
    legalComments: "none",
    absWorkingDir: here,
    banner: { js: `/* ${names.join(", ")}. Licences: LICENSES/. Built by tools/vendor/vendor.mjs. */` },
  });
  record(served, file, packages);
}

function sprite() {
  const symbols = icons.map((name) => {
    const source = readFileSync(join(modules, "lucide-static", "icons", `${renamed[name] ?? name}.svg`), "utf8");
    const shapes = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" `
      + `stroke-linecap="round" stroke-linejoin="round">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  const { version } = versionOf("lucide-static");
  writeFileSync(join(served, "icons.svg"),
    `<!-- lucide-static ${version} (ISC), see LICENSES/. Use: <svg><use href="…/vendor/icons.svg#check"/></svg> -->\n`
    + `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  record(served, "icons.svg", ["lucide-static"]);
}

function fonts() {
  const name = "@fontsource-variable/atkinson-hyperlegible-next";
  mkdirSync(join(served, "fonts"), { recursive: true });
  for (const subset of ["latin", "latin-ext"]) {
    const target = join("fonts", `atkinson-hyperlegible-next-${subset}-normal.woff2`);
    copyFileSync(join(modules, name, "files", `atkinson-hyperlegible-next-${subset}-wght-normal.woff2`),
      join(served, target));
    record(served, target, [name]);
  }
}

function manifest(folder) {
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(entries.splice(0), null, 2)}\n`);
}

for (const folder of [served, tested]) {
  rmSync(join(folder, "LICENSES"), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

await bundle("ui.js", "ui-entry.mjs", ["preact", "htm", "@preact/signals", "@preact/signals-core"]);
await bundle("msgpack.js", "msgpack-entry.mjs", ["@msgpack/msgpack"]);
sprite();
fonts();
for (const name of ["preact", "htm", "@preact/signals", "@preact/signals-core", "@msgpack/msgpack", "lucide-static",
  "@fontsource-variable/atkinson-hyperlegible-next"]) keepLicence(name, served);
manifest(served);

copyFileSync(join(modules, "axe-core", "axe.min.js"), join(tested, "axe.min.js"));
copyFileSync(join(modules, "axe-core", "locales", "fr.json"), join(tested, "axe.fr.json"));
keepLicence("axe-core", tested);
copyFileSync(join(modules, "axe-core", "LICENSE-3RD-PARTY.txt"), join(tested, "LICENSES", "axe-core-third-party.txt"));
record(tested, "axe.min.js", ["axe-core"]);
record(tested, "axe.fr.json", ["axe-core"]);
manifest(tested);
