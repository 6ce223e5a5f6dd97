// Builds the stylesheet, the scripts (of every page, of filling a form, of work without signal) and the icon sprite; says how heavy they are.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile, Logger } from "sass";
import { icons } from "./icons.js";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/serasi/common/static/dist");
const LIMITS = { "serasi.css": 24, "serasi.js": 20, "fill.js": 280, "field.js": 20, "field-worker.js": 4, "icons.svg": 12 }; // KB, gzip
mkdirSync(out, { recursive: true });

// Compressed Sass starts with a byte-order mark unless `charset` is off. Bootstrap 5.3 still uses what Sass calls old.
const css = compile(join(here, "scss/serasi.scss"), {
  style: "compressed",
  charset: false,
  loadPaths: [join(here, "node_modules")],
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  logger: Logger.default,
});
writeFileSync(join(out, "serasi.css"), css.css);

await build({
  entryPoints: [join(here, "js/serasi.js")],
  outfile: join(out, "serasi.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome90", "firefox90", "safari15"],
  legalComments: "none",
});

// The engine of forms brings WebAssembly along and waits for it: loaded on those pages alone, as a module.
await build({
  entryPoints: [join(here, "js/fill/page.js")],
  outfile: join(out, "fill.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome90", "firefox90", "safari15"],
  supported: { "top-level-await": true },
  legalComments: "none",
});

// The page for work without signal, small; it brings the engine of forms along when a form is opened. And its worker.
await build({
  entryPoints: { field: join(here, "js/field/page.js"), "field-worker": join(here, "js/field/worker.js") },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome90", "firefox90", "safari15"],
  supported: { "top-level-await": true },
  legalComments: "none",
});

const symbol = (name, svg) => {
  const box = svg.match(/viewBox="([^"]+)"/)[1];
  const body = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>");
  return `<symbol id="${name}" viewBox="${box}">${body}</symbol>`;
};
const sprite = [
  symbol("serasi", readFileSync(join(here, "serasi-mark.svg"), "utf8")),
  ...icons.map((name) =>
    symbol(name, readFileSync(join(here, `node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8")),
  ),
];
writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${sprite.join("")}</svg>\n`);

let tooHeavy = false;
for (const [name, limit] of Object.entries(LIMITS)) {
  const kb = gzipSync(readFileSync(join(out, name)), { level: 9 }).length / 1024;
  tooHeavy ||= kb > limit;
  console.log(`${name.padEnd(12)} ${kb.toFixed(1).padStart(5)} KB gzip (limit ${limit})${kb > limit ? "  TOO HEAVY" : ""}`);
}
console.log(`${icons.length + 1} icons`);
process.exitCode = tooHeavy ? 1 : 0;
