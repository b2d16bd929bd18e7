// Measures the catalog of a server with many models: time to the first table, and from a filter to the new table.
import assert from "node:assert/strict";
import { launch } from "./chromium.mjs";
import { SERVER_URL } from "./server.mjs";

const FILTERS = 50;
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
await fresh.context().close();
report("first table painted", firsts);

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

function report(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)].toFixed(0);
  console.log(`${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
}
