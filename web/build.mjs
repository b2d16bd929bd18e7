// Builds dist/. The build is reproducible: the same sources and lock file give the same bytes on every machine.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { gzipSync } from "fflate";

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, "dist");
const brotli = createRequire(import.meta.url)("brotli-wasm");

// Two libraries add inline styles, which the Content-Security-Policy blocks. The pages look the same without them.
const strictStyles = {
  name: "strict-styles",
  setup({ onLoad, onResolve }) {
    // Adds a <style> that prevents scrolling behind a dialog; the playground does not scroll.
    onResolve({ filter: /^react-style-singleton$/ }, () => ({
      path: path.join(root, "src/playground/style-singleton.ts"),
    }));
    // Writes style attributes; playground.css contains the relevant one.
    onLoad({ filter: /codemirror.addon.search.jump-to-line\.js$/ }, replaced(/ style="[^"]*"/g, ""));
  },
};

/** A loader that replaces a part of a file. Fails if there is no match, for example in a new version of a library. */
function replaced(pattern, text) {
  return async ({ path }) => {
    const contents = await readFile(path, "utf8");
    const changed = contents.replace(pattern, text);
    if (changed === contents) throw new Error(`${path} has no match for ${pattern}`);
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
// The playground is not split: it needs all of the dozens of chunks that splitting would make.
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
// The picture of a shared link.
const picture = await readFile(path.join(root, "src/app/share.png"));
const share = `share-${createHash("sha256").update(picture).digest("hex").slice(0, 8)}.png`;
await writeFile(path.join(dist, "assets", share), picture);
await writeFile(path.join(dist, "assets", `${share}.gz`), gzipSync(picture, { level: 9, mtime: 0 }));
await writeFile(path.join(dist, "assets", `${share}.br`), brotli.compress(picture, { quality: 11 }));
assets.push(share);
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

// The queries that the server runs to render pages are those of the scripts.
const { outputFiles } = await build({ ...options, entryPoints: ["src/app/server-queries.ts"], write: false });
const { SERVER_QUERIES, FORM_DOCUMENTS } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
);
await mkdir(path.join(dist, "queries"));
for (const [name, document] of Object.entries(SERVER_QUERIES))
  await writeFile(path.join(dist, "queries", `${name}.graphql`), `${document}\n`);
await writeFile(path.join(dist, "form-documents.json"), `${JSON.stringify(FORM_DOCUMENTS, null, 2)}\n`);

/** Chunks with all their static imports. */
const imported = (files) => [
  ...new Set(
    files.flatMap((file) => [file, ...imported(staticImports(outputs.find(([name]) => name === file)[1].imports))]),
  ),
];
const staticImports = (imports) => imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
const chunks = imported(staticImports(imports));
await writeFile(path.join(dist, "assets.rs"), manifest());
await writeFile(
  path.join(dist, "LICENSES.txt"),
  await licenses(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

/** The list of assets as Rust source, which the server includes. */
function manifest() {
  const media = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png" };
  const asset = (name) => `    Asset {
        name: "${name}",
        media: "${media[path.extname(name)]}",
        plain: include_bytes!("assets/${name}"),
        gzip: include_bytes!("assets/${name}.gz"),
        brotli: include_bytes!("assets/${name}.br"),
    },`;
  return `// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "${address(app)}";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &[${chunks.map((chunk) => `"${address(chunk)}"`).join(", ")}];
/// The picture of a shared link.
pub const SHARE_IMAGE: &str = "${address(share)}";
/// The style sheet of all pages.
pub const APP_STYLE: &str = "${address(appStyle)}";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
${assets.map(asset).join("\n")}
];
`;
}

/** The licenses of all bundled packages, which have to be distributed with the bundle. */
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
