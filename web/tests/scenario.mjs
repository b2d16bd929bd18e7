// Tests of pages in headless Chromium. Console errors and requests to other origins fail a test.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const SCREENS = {
  narrow: { width: 320, height: 700 },
  phone: { width: 390, height: 844 },
  tablet: { width: 1024, height: 768 },
  desktop: { width: 1440, height: 900 },
};
export const LANGUAGES = { en: "en-US", zh: "zh-CN" };
/**
 * The screens on which a page is looked at in a language: it is loaded on the first, and its window then gets the sizes of the
 * others. SCREENS=phone,desktop leaves out those that it does not name.
 */
const ORDERS = { en: ["desktop", "tablet", "phone", "narrow"], zh: ["phone", "narrow", "tablet", "desktop"] };
export const screensIn = (language) =>
  ORDERS[language].filter((name) => process.env.SCREENS?.split(",").includes(name) ?? true);

let browser;
before(async () => void (browser = await launch()));
after(() => browser?.close());

/** A test with a page open in a new browser profile. `refused`: HTTP errors of the API are expected. */
export function scenario(title, { at, token, skip = false, refused = false, permissions = [], ...options }, body) {
  const needsToken = at === "/new/model" || at === "/import";
  test(title, { skip: skip || (needsToken && !token && "needs a token") }, async () => {
    const context = await browser.newContext({ viewport: SCREENS.desktop, locale: "en-US", permissions, ...options });
    try {
      const problems = [];
      const sentQueries = [];
      // Only at first: a page that signs out stays signed out.
      if (token) {
        await context.addInitScript((secret) => {
          if (!sessionStorage.getItem("started")) sessionStorage.setItem("token", secret);
          sessionStorage.setItem("started", "yes");
        }, token);
      }
      context.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        if (origin !== SERVER_URL && !["data:", "blob:"].includes(protocol))
          problems.push(`request to ${request.url()}`);
        if (request.url() === GRAPHQL_URL) sentQueries.push(request.postDataJSON()?.query ?? "");
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
      page.on("console", (message) => {
        const expected = refused && message.text().startsWith("Failed to load resource");
        if (["error", "warning"].includes(message.type()) && !expected) problems.push(`console: ${message.text()}`);
      });
      // The sum of the layout shifts that no input caused.
      await page.addInitScript(() => {
        globalThis.shift = 0;
        if (!PerformanceObserver.supportedEntryTypes?.includes("layout-shift")) return;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      const response = await page.goto(SERVER_URL + at);
      await body({
        page,
        context,
        response,
        sentQueries: () => sentQueries,
        /**
         * Runs axe on the current page, outside of it because its policy blocks inline scripts. It takes half of the time of the
         * tests: AXE=off leaves it out.
         */
        check: async () => {
          if (process.env.AXE === "off") return;
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
          assert.deepEqual(
            violations.map(
              ({ id, nodes }) =>
                `${id}: ${nodes
                  .map(({ target, failureSummary }) => `${target} ${failureSummary}`)
                  .slice(0, 3)
                  .join(" | ")}`,
            ),
            [],
          );
        },
        shot: async (name) => {
          const folder = process.env.SCREENSHOT_DIR;
          if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
        },
      });
      assert.deepEqual(problems, []);
    } finally {
      await context.close();
    }
  });
}

/** The number of pixels by which the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Gives the window of the page the size of each screen in turn, and fails where the page is wider than it. */
export async function expectFit(page, screens, shot) {
  for (const screen of screens) {
    await page.setViewportSize(SCREENS[screen]);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const wide = await overflow(page);
    assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window of a ${screen}`);
    await shot(screen);
  }
}
