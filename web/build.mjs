// Writes dist/: the same sources and lock file give the same bytes, on any machine and in any folder.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, "dist");

// Two libraries write styles that a style-src without 'unsafe-inline' refuses. The page looks the same without them.
const strictStyles = {
  name: "strict-styles",
  setup({ onLoad, onResolve }) {
    // Adds a <style> that stops the page from scrolling behind a dialog; this page never scrolls.
    onResolve({ filter: /^react-style-singleton$/ }, () => ({ path: path.join(root, "src/no-styles.ts") }));
    // Puts style attributes into its markup; playground.css has the one that matters.
    onLoad({ filter: /codemirror.addon.search.jump-to-line\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(/ style="[^"]*"/g, ""),
    }));
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/playground.tsx"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  loader: { ".graphql": "text" },
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [strictStyles],
  metafile: true,
  logLevel: "warning",
});
await cp(path.join(root, "src/playground.html"), path.join(dist, "playground.html"));
await writeFile(path.join(dist, "LICENSES.txt"), await licenses(Object.keys(metafile.inputs)));

/** The license of every package that is part of the bundle, which their terms ask to be passed on with it. */
async function licenses(inputs) {
  const packages = new Set(inputs.map((input) => input.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const texts = [];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(path.join(root, folder, "package.json"), "utf8"));
    const file = (await readdir(path.join(root, folder))).sort().find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? (await readFile(path.join(root, folder, file), "utf8")).replaceAll("\r\n", "\n").trim() : "";
    texts.push(`${name} ${version} (${license})\n\n${text}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}
