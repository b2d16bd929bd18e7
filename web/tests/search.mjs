// Tests the search of a running server: the dialog, the page without scripts, what queries are read as.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectFit, LANGUAGES, scenario, SCREENS, screensIn } from "./scenario.mjs";
import { SERVER_URL } from "./server.mjs";

for (const [language, locale] of Object.entries(LANGUAGES)) {
  const screens = screensIn(language);
  const options = { locale, viewport: SCREENS[screens[0]] };
  scenario(`the search dialog in ${language}`, { at: "/changes", ...options }, async ({ page, check, shot }) => {
    await page.locator("[data-island=tools] button").first().waitFor();
    await page.keyboard.press("/");
    const input = page.locator("dialog.finder [role=combobox]");
    await input.pressSequentially("llama 7b", { delay: 15 });
    await page.locator("dialog.finder [role=option]").nth(1).waitFor();
    assert.ok((await page.locator("dialog.finder [role=group]").count()) >= 2);
    assert.equal(await input.getAttribute("aria-activedescendant"), "found-1");
    await check();
    await expectFit(page, screens, (screen) => shot(`search-${language}-${screen}`));
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog[open]").count(), 0);
  });

  scenario(`the page of the API in ${language}`, { at: "/api", ...options }, async ({ page, check, shot }) => {
    assert.match(await page.locator("pre").first().textContent(), /^https?:\/\/.*\/graphql$/);
    await check();
    await expectFit(page, screens, (screen) => shot(`api-${language}-${screen}`));
  });
}

scenario("the dialog is used by keyboard alone", { at: "/plots" }, async ({ page }) => {
  await page.keyboard.press("Control+k");
  const input = page.locator("dialog.finder [role=combobox]");
  await input.waitFor();
  await input.fill("falcon");
  await page
    .locator("dialog.finder [role=option]", { hasText: /^Falcon/ })
    .first()
    .waitFor();
  const chosen = () => page.locator("[role=option][aria-selected=true]").getAttribute("id");
  assert.equal(await chosen(), "found-1");
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), "found-2");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), await page.locator("dialog.finder [role=option]").last().getAttribute("id"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/models\/falcon/);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

scenario("a slash that is typed opens no dialog", { at: "/search" }, async ({ page }) => {
  await page.getByRole("searchbox").fill("tii");
  await page.getByRole("searchbox").press("/");
  assert.equal(await page.getByRole("searchbox").inputValue(), "tii/");
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

scenario("a misspelled name leads to the right one", { at: "/search?q=lamaa" }, async ({ page, check, shot }) => {
  await shot("search-suggestion");
  await check();
  await page.locator(".suggestion a").click();
  await page.waitForURL(/q=LLaMA/i);
  await page.locator("#found section a").first().waitFor();
});

scenario("search works without scripts", { at: "/search", javaScriptEnabled: false }, async ({ page }) => {
  await page.getByRole("searchbox").fill("baichuan <13b");
  await page.getByRole("button", { name: "Search" }).click();
  assert.match(await page.locator(".readings").textContent(), /<13B/);
  await page.locator("#found section a", { hasText: "baichuan" }).first().click();
  await page.waitForURL(/\/models\/baichuan/);
});

/** Queries, and a model that each finds; the last ones in the data set world only. */
const FOUND = {
  "7b": /llama/i,
  "llama 7b": /llama/i,
  "chatglm 6b": /chatglm/i,
  "<13b": /chatglm/i,
  "24gb": /llama/i,
  通义: /qwen/i,
};
const FOUND_IN_WORLD = {
  apache: /falcon/i,
  qwen2: /Qwen2/,
  百川: /baichuan/i,
  书生: /internlm/i,
  智谱: /GLM/,
  tongyi: /Qwen3/,
  2024: /Llama 3/,
};
const isWorld = (await fetch(`${SERVER_URL}/models/qwen2`)).status === 200;
for (const [query, name] of Object.entries(isWorld ? { ...FOUND, ...FOUND_IN_WORLD } : FOUND)) {
  test(`${query} finds models`, async () => {
    const page = await (await fetch(`${SERVER_URL}/?${new URLSearchParams({ q: query })}`)).text();
    assert.match(page.slice(page.indexOf("<main")), name);
  });
}

test("search engines find every page and no filters", async () => {
  const text = async (path) => (await fetch(SERVER_URL + path)).text();
  const robots = await text("/robots.txt");
  assert.match(robots, /^Sitemap: https?:\/\/.*\/sitemap\.xml$/m);
  const index = await text("/sitemap.xml");
  const files = [...index.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
  assert.ok(files.length > 5);
  const addresses = [];
  for (const file of files) addresses.push(...(await text(file)).matchAll(/<loc>(.*?)<\/loc>/g));
  const paths = addresses.map(([, address]) => new URL(address).pathname);
  for (const path of ["/", "/api", "/models/llama-2", "/licenses/llama-2-community-license"])
    assert.ok(paths.includes(path), path);
  assert.equal(new Set(paths).size, paths.length);
  const page = await text("/?use=ALLOWED");
  assert.match(page, /<link rel="canonical" href="https?:\/\/[^"?]*\/">/);
  const image = /<meta property="og:image" content="([^"]+)">/.exec(page)[1];
  assert.equal((await fetch(image)).headers.get("content-type"), "image/png");
});

scenario("the examples of the API run", { at: "/api" }, async ({ page }) => {
  const queries = await page.locator(".examples pre").allTextContents();
  assert.ok(queries.length >= 5);
  for (const query of queries) {
    const response = await fetch(`${SERVER_URL}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { errors = [] } = await response.json();
    assert.deepEqual(
      errors.filter(({ extensions }) => extensions.code !== "NOT_FOUND"),
      [],
      query,
    );
  }
});

scenario("the playground has the theme of the pages", { at: "/api" }, async ({ page, context }) => {
  await context.addCookies([{ name: "theme", value: "dark", url: SERVER_URL }]);
  await page.goto(`${SERVER_URL}/playground`);
  await page.locator(".graphiql-container").waitFor();
  await page.waitForFunction(() => document.body.classList.contains("graphiql-dark"));
  await page.locator("a.home").waitFor();
});
