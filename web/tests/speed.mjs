// Measures the catalog of a server with many models: time to the first table, from filter to new table, and scrolling.
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
          const there = () => document.querySelector("table.models[aria-busy=false], .results .empty");
          const look = () => requestAnimationFrame(there() ? () => resolve(performance.now()) : look);
          // A filter changes the address by the next frame; a search waits until typing pauses.
          const start = location.href;
          const wait = () => (location.href !== start ? look() : requestAnimationFrame(wait));
          wait();
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
  if (i % 6 === 5) await page.evaluate(() => document.querySelector(".clear button")?.click());
  await page.waitForLoadState("networkidle");
}
report(`filter to new table, ${FILTERS} filters`, tables);

// Counts the frames of a long scroll in which a place between the head and the end of the table has no row.
await page.goto(SERVER_URL);
await page.locator(".facet input[name=use]").first().waitFor();
await page.mouse.move(800, 500);
await page.evaluate(() => {
  globalThis.frames_ = { all: 0, blank: 0 };
  const look = () => {
    frames_.all++;
    const end = document.querySelector("tbody").getBoundingClientRect().bottom;
    for (const y of [150, 300, 450, 600, 750, 890]) {
      if (scrollY > 400 && y < end && !document.elementFromPoint(700, y)?.closest(".row, thead")) {
        frames_.blank++;
        break;
      }
    }
    requestAnimationFrame(look);
  };
  look();
});
for (let i = 0; i < 300; i++) {
  await page.mouse.wheel(0, 1200);
  await page.waitForTimeout(16);
}
const { all, blank, rows, elements } = await page.evaluate(() => ({
  ...frames_,
  rows: Math.round(scrollY / 60),
  elements: document.querySelectorAll(".row").length,
}));
console.log(
  `scrolled over ${rows} rows: ${blank} of ${all} frames with a blank place, ${elements} rows in the document`,
);
await browser.close();

function report(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)].toFixed(0);
  console.log(`${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
}
