// Measures the pages of a server with many models: time to the first table, layout shifts, from a filter to the new table, and
// charts. Run with SERVER_URL against a build with the profile dist or release.
import assert from "node:assert/strict";
import { launch } from "./chromium.mjs";
import { SERVER_URL } from "./server.mjs";

const FILTERS = 50;
const VIEWS = ["/", "/plots", "/licenses", "/organizations", "/changes"];
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" })).newPage();

const firsts = [];
const fresh = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" })).newPage();
for (let i = 0; i < 10; i++) {
  await fresh.goto(`${SERVER_URL}/?sort=${i % 2 ? "-size" : "name"}&minSize=${i + 1}B`);
  await fresh.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  firsts.push(await fresh.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  assert.ok((await fresh.locator(".row").count()) >= 20, "a table is there with the first paint");
}
report("first table painted", firsts);

// Paints and shifts until the scripts of a view are done, as the browser counts them.
for (const view of VIEWS) {
  const [largest, shifts, drawn] = [[], [], []];
  for (let i = 0; i < 5; i++) {
    await fresh.goto(`${SERVER_URL}${view}`);
    if (view === "/plots") {
      await fresh.locator(".drawing svg").first().waitFor();
      drawn.push(await fresh.evaluate(() => performance.now()));
    }
    // The page of changes keeps a connection open, so its network is never idle.
    await fresh.waitForTimeout(500);
    const seen = await fresh.evaluate(async () => {
      const entries = (type) =>
        new Promise((resolve) => {
          const all = [];
          new PerformanceObserver((list) => all.push(...list.getEntries())).observe({ type, buffered: true });
          setTimeout(() => resolve(all), 100);
        });
      const [paints, moved] = await Promise.all([entries("largest-contentful-paint"), entries("layout-shift")]);
      const shift = moved.filter((entry) => !entry.hadRecentInput).reduce((sum, entry) => sum + entry.value, 0);
      return { largest: paints.at(-1)?.startTime ?? 0, shift };
    });
    largest.push(seen.largest);
    shifts.push(1000 * seen.shift);
  }
  report(`${view} largest contentful paint`, largest);
  report(`${view} layout shift × 1000`, shifts, "");
  if (drawn.length > 0) report(`${view} drawn`, drawn);
}
await fresh.context().close();

await page.goto(SERVER_URL);
await page.locator(".facet input[name=use]").first().waitFor();
await page.waitForLoadState("networkidle");

// The time from an input event until the new table is rendered.
const tables = [];
const words = ["llama", "qwen", "a", "13", "base", "天", "chat", "mini", "code", "ultra", "mistral", "x"];
for (let i = 0; i < FILTERS; i++) {
  const taken = await page.evaluate(
    async ([i, word]) => {
      const drawn = () =>
        new Promise((resolve) => {
          // The address changes as the table does, once its page is fetched.
          const start = location.href;
          const look = () =>
            requestAnimationFrame(() => (location.href === start ? look() : resolve(performance.now())));
          look();
        });
      const done = drawn();
      const start = performance.now();
      if (i % 2) {
        const boxes = [...document.querySelectorAll(".facet input[type=checkbox]")];
        boxes[(i * 7) % boxes.length].click();
      } else {
        const input = document.querySelector("input[name=q]");
        input.value = word;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      return (await done) - start;
    },
    [i, `${words[((i / 2) % words.length) | 0]}${i > 24 ? " " + (i % 10) : ""}`],
  );
  tables.push(taken);
  if (i % 6 === 5) await page.evaluate(() => document.querySelector(".clear a")?.click());
  await page.waitForLoadState("networkidle");
}
report(`filter to new table, ${FILTERS} filters`, tables);

await browser.close();

function report(name, times, unit = " ms") {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)].toFixed(0);
  console.log(`${name}: median ${at(0.5)}${unit}, p95 ${at(0.95)}${unit}, most ${at(1)}${unit}`);
}
