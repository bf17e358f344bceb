// Builds src/zhiben/shell/static/shell from the sources here and from node_modules. Run `npm ci && npm run build`.
// `npm run check` builds to a scratch directory and fails when a committed file differs.
import { build } from "esbuild";
import { mkdtemp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const home = join(here, "../src/zhiben/shell/static/shell");
const checking = process.argv.includes("--check");
const out = checking ? await mkdtemp(join(tmpdir(), "zhiben-assets-")) : home;
const modules = join(here, "node_modules");
const target = ["es2018"];
const cssTarget = ["chrome76", "firefox72", "safari13"];

const read = (path) => readFile(join(modules, path), "utf8");

async function put(name, text) {
  const path = join(out, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text.replace(/\n*$/, "\n"));
}

// Manifest storage looks for the map that such a comment names, and fails where it is missing.
const withoutMap = (text) => text.replace(/\/\*# sourceMappingURL=.*?\*\/|\/\/# sourceMappingURL=.*$/gm, "");

async function vendor() {
  await put("vendor/tabler.min.css", withoutMap(await read("@tabler/core/dist/css/tabler.min.css")));
  await put("vendor/tabler.min.js", withoutMap(await read("@tabler/core/dist/js/tabler.min.js")));
  await put("vendor/htmx.min.js", withoutMap(await read("htmx.org/dist/htmx.min.js")));
  await put("vendor/alpine-csp.min.js", withoutMap(await read("@alpinejs/csp/dist/cdn.min.js")));
}

async function licences() {
  const version = async (name) => JSON.parse(await read(`${name}/package.json`)).version;
  const mit = (whose) => (read("@tabler/icons/LICENSE").then((text) => text.replace(/^Copyright.*$/m, whose)));
  const parts = [
    ["Tabler", "@tabler/core", await mit("Copyright (c) 2018-2026 The Tabler Authors; includes Bootstrap, (c) 2011-2026 The Bootstrap Authors, and Popper, (c) 2019 Federico Zivolo")],
    ["Tabler Icons", "@tabler/icons", await read("@tabler/icons/LICENSE")],
    ["htmx", "htmx.org", await read("htmx.org/LICENSE")],
    ["Alpine.js, CSP build", "@alpinejs/csp", await mit("Copyright (c) 2019-2026 Caleb Porzio and contributors; includes @vue/reactivity, (c) 2018-present Yuxi (Evan) You and Vue contributors")],
    ["Apache ECharts", "echarts", `${await read("echarts/NOTICE")}\n${await read("echarts/LICENSE")}`],
    ["ZRender", "zrender", await read("zrender/LICENSE")],
    ["tslib", "tslib", await read("tslib/LICENSE.txt")],
  ];
  const chapters = await Promise.all(
    parts.map(async ([title, name, text]) => `## ${title} ${await version(name)}\n\n${text.trim()}\n`),
  );
  await put("vendor/LICENSES.txt", `# Licences of the libraries in this folder\n\n${chapters.join("\n\n")}`);
}

async function icons() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8")).sort();
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await read(`@tabler/icons/icons/outline/${name}.svg`);
      const paths = [...svg.matchAll(/<path d="[^"]*" ?\/>/g)].map(([path]) => path.replace(" />", "/>"));
      return `<symbol id="${name}" viewBox="0 0 24 24">${paths.join("")}</symbol>`;
    }),
  );
  await put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>`);
}

async function bundle(entry, name, extra = {}) {
  const result = await build({
    entryPoints: [join(here, "src", entry)], bundle: true, minify: true, write: false, target, charset: "utf8",
    legalComments: "none", nodePaths: [modules], ...extra,
  });
  await put(name, result.outputFiles[0].text);
}

async function files(root) {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
}

await vendor();
await licences();
await icons();
await put("mark.svg", await readFile(join(here, "src/mark.svg"), "utf8"));
await bundle("js/app.js", "app.js", { format: "iife" });
await bundle("js/echarts.js", "vendor/echarts.min.js", { format: "iife" });
await bundle("css/app.css", "app.css", { target: cssTarget });

if (checking) {
  const differing = [];
  for (const name of await files(out)) {
    const [built, kept] = await Promise.all(
      [out, home].map((root) => readFile(join(root, name), "utf8").catch(() => null)),
    );
    if (built !== kept) differing.push(name);
  }
  if (differing.length) {
    console.error(`Committed files differ from what the sources build: ${differing.join(", ")}`);
    process.exit(1);
  }
}
console.log(`built ${(await files(out)).length} files`);
