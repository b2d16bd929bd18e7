// Writes dist/: the same sources and lock file give the same bytes, on any machine and in any folder.
import { createRequire } from "node:module";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { gzipSync } from "fflate";

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, "dist");
const brotli = createRequire(import.meta.url)("brotli-wasm");

// Three libraries write styles that a style-src without 'unsafe-inline' refuses. The pages look the same without them.
const strictStyles = {
  name: "strict-styles",
  setup({ onLoad, onResolve }) {
    // Adds a <style> that stops the page from scrolling behind a dialog; the playground never scrolls.
    onResolve({ filter: /^react-style-singleton$/ }, () => ({ path: path.join(root, "src/playground/no-styles.ts") }));
    // Puts style attributes into its markup; playground.css has the one that matters.
    onLoad({ filter: /codemirror.addon.search.jump-to-line\.js$/ }, replaced(/ style="[^"]*"/g, ""));
    // Puts a <style> into every plot; plots.css has what it says.
    onLoad(
      { filter: /@observablehq.plot.src.plot\.js$/ },
      replaced(/svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/, "svg"),
    );
  },
};

/** Loads a file with a part replaced that must be there: a new version of a library may have moved it. */
function replaced(pattern, text) {
  return async ({ path }) => {
    const contents = await readFile(path, "utf8");
    const changed = contents.replace(pattern, text);
    if (changed === contents) throw new Error(`${path} has nothing like ${pattern} any more`);
    return { contents: changed };
  };
}

await rm(dist, { recursive: true, force: true });
await mkdir(path.join(dist, "assets"), { recursive: true });
const options = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  loader: { ".graphql": "text" },
  logLevel: "warning",
};
const assetOptions = {
  ...options,
  outdir: "dist/assets",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  minify: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [strictStyles],
  metafile: true,
};
// The playground is one file: its library would fall into dozens of chunks, and needs them all.
const built = [
  await build({ ...assetOptions, entryPoints: { app: "src/app/main.tsx" }, splitting: true }),
  await build({ ...assetOptions, entryPoints: { playground: "src/playground/playground.tsx" }, format: "iife" }),
];

const outputs = built.flatMap(({ metafile }) => Object.entries(metafile.outputs)).sort(([a], [b]) => (a < b ? -1 : 1));
const assets = [];
for (const [file] of outputs) {
  const bytes = await readFile(path.join(root, file));
  await writeFile(path.join(root, `${file}.gz`), gzipSync(bytes, { level: 9, mtime: 0 }));
  await writeFile(path.join(root, `${file}.br`), brotli.compress(bytes, { quality: 11 }));
  assets.push(path.basename(file));
}
const entry = (source) => outputs.find(([, { entryPoint }]) => entryPoint === source);
const [app, { cssBundle: appStyle, imports }] = entry("src/app/main.tsx");
const [playground, { cssBundle: playgroundStyle }] = entry("src/playground/playground.tsx");
const address = (file) => `/assets/${path.basename(file)}`;

const page = await readFile(path.join(root, "src/playground/playground.html"), "utf8");
const names = { "/assets/playground.js": address(playground), "/assets/playground.css": address(playgroundStyle) };
await writeFile(
  path.join(dist, "playground.html"),
  page.replaceAll(/\/assets\/playground\.\w+/g, (name) => names[name]),
);

// What the server asks for a page that it sends is what the page itself asks.
const { outputFiles } = await build({ ...options, entryPoints: ["src/app/sent.ts"], write: false });
const { SENT } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
await mkdir(path.join(dist, "queries"));
for (const [name, document] of Object.entries(SENT))
  await writeFile(path.join(dist, "queries", `${name}.graphql`), `${document}\n`);

/** A chunk and what it imports at once. */
const imported = (files) => [
  ...new Set(files.flatMap((file) => [file, ...imported(atOnce(outputs.find(([name]) => name === file)[1].imports))])),
];
const atOnce = (imports) => imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
const chunks = imported(atOnce(imports));
const views = ["model", "nouns", "nouns/list", "changes"].map((view) => {
  const [file] = entry(view.includes("/") ? `src/app/${view}.tsx` : `src/app/${view}/page.tsx`);
  return [view.split("/").at(-1), imported([file]).filter((chunk) => chunk !== app && !chunks.includes(chunk))];
});
await writeFile(path.join(dist, "assets.rs"), manifest());
await writeFile(
  path.join(dist, "LICENSES.txt"),
  await licenses(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

/** The assets as Rust, to be included by the server. */
function manifest() {
  const media = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };
  const asset = (name) => `    Asset {
        name: "${name}",
        media: "${media[path.extname(name)]}",
        plain: include_bytes!("assets/${name}"),
        gzip: include_bytes!("assets/${name}.gz"),
        brotli: include_bytes!("assets/${name}.br"),
    },`;
  return `// Written by web/build.mjs.
/// The script of the page.
pub const APP_SCRIPT: &str = "${address(app)}";
/// What the script imports at once.
pub const APP_CHUNKS: &[&str] = &[${chunks.map((chunk) => `"${address(chunk)}"`).join(", ")}];
${views
  .map(
    ([view, files]) => `/// What the view of \`${view}\` takes beside it.
pub const ${view.toUpperCase()}_CHUNKS: &[&str] = &[${files.map((chunk) => `"${address(chunk)}"`).join(", ")}];`,
  )
  .join("\n")}
/// The style sheet of the page.
pub const APP_STYLE: &str = "${address(appStyle)}";
/// All files, by name.
pub const ASSETS: &[Asset] = &[
${assets.map(asset).join("\n")}
];
`;
}

/** The license of every package that is part of the bundle, which their terms ask to be passed on with it. */
async function licenses(inputs) {
  const packages = new Set(
    inputs.map((input) => input.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean),
  );
  const texts = [];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(path.join(root, folder, "package.json"), "utf8"));
    const file = (await readdir(path.join(root, folder))).sort().find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? (await readFile(path.join(root, folder, file), "utf8")).replaceAll("\r\n", "\n").trim() : "";
    texts.push(`${name} ${version} (${license})\n\n${text}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}
