// Tests the pages that are read: how they are navigated, and what they say. Needs the seed data, as tests/pages.mjs.
import assert from "node:assert/strict";
import { expectFit, LANGUAGES, scenario, SCREENS, screensIn } from "./scenario.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const { SERVER_TOKEN } = process.env;

/** Pages, and what each must show in both languages. */
const PAGES = {
  "/models/llama-2": { en: [/Sizes/, /Context/, /History/], zh: [/规模/, /上下文/, /历史/] },
  "/compare?models=llama-2,llama": { en: [/Commercial use/], zh: [/商用/] },
  "/compare?models=llama-2&find=qwen": { en: [/Qwen/], zh: [/Qwen/] },
  "/changes": { en: [/LLaMA-2|Model/], zh: [/模型/] },
  "/sources/awesome-open-foundation-models": { en: [/Facts from this source/], zh: [/以此来源为依据的事实/] },
  "/licenses/llama-2-community-license": { en: [/Sizes under this license/], zh: [/采用此许可证的规模/] },
  "/organizations/meta": { en: [/LLaMA/], zh: [/LLaMA/] },
  "/datasets/the-pile": { en: [/Models trained on it/], zh: [/用其训练的模型/] },
  "/datasets": { en: [/Datasets/], zh: [/数据集/] },
};
for (const [at, texts] of Object.entries(PAGES)) {
  for (const [language, locale] of Object.entries(LANGUAGES)) {
    const screens = screensIn(language);
    scenario(`${at} in ${language}`, { at, locale, viewport: SCREENS[screens[0]] }, async ({ page, check, shot }) => {
      await page.locator(".learn").waitFor();
      const text = await page.locator("main").innerText();
      for (const pattern of texts[language]) assert.match(text, pattern);
      const evidence = page.locator("details.evidence summary").first();
      if (await evidence.count()) await evidence.click();
      await check();
      await expectFit(page, screens, (screen) => shot(`read${at.replace(/\W+/g, "-")}-${language}-${screen}`));
    });
  }
}

scenario(
  "every link shows the title and the heading of its page, and moves the focus",
  { at: "/" },
  async ({ page }) => {
    await page.locator(".tools button").first().waitFor();
    let documents = 0;
    page.on("request", (request) => void (documents += request.isNavigationRequest() ? 1 : 0));
    const places = [
      ["/organizations", "Organizations"],
      ["/licenses", "Licenses"],
      ["/datasets", "Datasets"],
      ["/compare", "Compare"],
      ["/changes", "Changes"],
    ];
    for (const [address, title] of places) {
      await page.locator(`header .places a[href="${address}"]`).click();
      await page.waitForFunction((title) => document.title === `${title} – Open LLM Catalog`, title);
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
      assert.match(await page.locator("h1").textContent(), new RegExp(`^${title}`));
      assert.equal(await page.locator("header .places a[aria-current]").getAttribute("href"), address);
    }
    await page.goBack();
    await page.waitForFunction(() => document.title.startsWith("Compare"));
    await page.goForward();
    await page.waitForFunction(() => document.title.startsWith("Changes"));
    assert.equal(documents, 0, "no document was loaded");
  },
);

scenario("back restores where the page was scrolled to", { at: "/models/llama-2" }, async ({ page }) => {
  await page.locator(".learn").waitFor();
  await page.evaluate(() => scrollTo(0, 400));
  await page.locator("footer a[href='/licenses']").evaluate((link) => link.click());
  await page.waitForURL(/\/licenses$/);
  await page.waitForFunction(() => scrollY === 0);
  await page.goBack();
  await page.waitForFunction(() => scrollY === 400);
});

scenario("a page that was overtaken is not shown", { at: "/licenses" }, async ({ page }) => {
  await page.locator(".learn").waitFor();
  await page.route("**/organizations", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue().catch(() => {});
  });
  await page.locator("header a[href='/organizations']").first().click();
  await page.locator("header a[href='/datasets']").first().click();
  await page.waitForURL(/\/datasets$/);
  await page.waitForTimeout(900);
  assert.match(await page.title(), /^Datasets/);
  assert.match(page.url(), /\/datasets$/);
});

scenario(
  "an unreachable server is an error with a way to try again, and nothing is lost",
  { at: "/licenses", refused: true },
  async ({ page, check }) => {
    await page.locator(".learn").waitFor();
    await page.route("**/datasets", (route) => route.abort());
    await page.locator("header a[href='/datasets']").first().click();
    await page.getByText("The server cannot be reached.").waitFor();
    assert.match(page.url(), /\/licenses$/);
    await check();
    await page.unroute("**/datasets");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForURL(/\/datasets$/);
    assert.equal(await page.getByText("The server cannot be reached.").count(), 0);
  },
);

scenario("a page that is missing is shown as such, with the address", { at: "/", refused: true }, async ({ page }) => {
  await page.locator(".tools button").first().waitFor();
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { href: "/models/no-such-model" });
    document.querySelector("main").append(link);
    link.click();
  });
  await page.getByRole("heading", { name: "Page not found" }).waitFor();
  assert.match(page.url(), /no-such-model$/);
  assert.match(await page.title(), /^Page not found/);
});

scenario("what is not a page of the site is loaded by the browser", { at: "/api" }, async ({ page }) => {
  await page.locator("main a[href='/playground']").first().waitFor();
  const loaded = page.waitForRequest(
    (request) => request.isNavigationRequest() && request.url().endsWith("/playground"),
  );
  await page.locator("main a[href='/playground']").first().click();
  await loaded;
});

scenario(
  "a search of a list is one entry of the history and keeps the focus",
  { at: "/licenses" },
  async ({ page }) => {
    await page.locator(".learn").waitFor();
    const search = page.locator("main input[name=q]");
    await search.pressSequentially("llama", { delay: 60 });
    await page.waitForURL(/q=llama$/);
    assert.equal(await search.inputValue(), "llama");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "q");
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".subjects a")].every((a) => /llama/i.test(a.textContent)),
    );
    await page.goBack();
    await page.waitForURL(/\/licenses$/);
    await page.waitForFunction(() => document.querySelector("main input[name=q]").value === "");
  },
);

scenario("a fact says who states it, behind a mark", { at: "/models/llama-2" }, async ({ page, check, shot }) => {
  await page.locator(".learn").waitFor();
  const mark = page.locator("main details.why").first();
  await mark.locator("summary").click();
  const panel = mark.locator(".panel");
  await panel.waitFor();
  assert.match(await panel.locator("a[href^='/sources/']").first().getAttribute("href"), /^\/sources\/./);
  await check();
  await shot("evidence-mark");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SUMMARY");
});

scenario("the memory is kept for other models", { at: "/models/llama-2" }, async ({ page }) => {
  await page.locator(".learn").waitFor();
  await page.getByText("80 GB", { exact: true }).click();
  await page.waitForURL(/memory=80/);
  await page.getByRole("columnheader", { name: "Fits 80 GiB?" }).waitFor();
  await page.goto(`${SERVER_URL}/models/falcon`);
  await page.getByRole("columnheader", { name: "Fits 80 GiB?" }).waitFor();
});

scenario(
  "link, citation and address of a checkpoint are copied",
  { at: "/models/llama-2", permissions: ["clipboard-read", "clipboard-write"] },
  async ({ page }) => {
    await page.locator(".learn").waitFor();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.locator("[data-copied]").waitFor();
    assert.equal(await copied(), `${SERVER_URL}/models/llama-2`);
    await page.getByText("Cite", { exact: true }).click();
    await page.getByRole("button", { name: "Copy BibTeX" }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("@misc{llama-2,"));
    assert.match(await copied(), /title = \{\{LLaMA-2\}\}/);
  },
);

scenario("a sixth model asks which one it replaces", { at: "/models/llama-2" }, async ({ page, check }) => {
  const slugs = ["llama-2", "llama", "falcon", "qwen", "bloom", "opt"];
  for (const slug of slugs) {
    await page.goto(`${SERVER_URL}/models/${slug}`);
    await page.getByRole("button", { name: "Compare", exact: true }).click();
  }
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await check();
  await dialog.getByRole("button", { name: "falcon" }).click();
  await page.locator(".tray a").click();
  await page.waitForURL(/models=llama-2,llama,opt,qwen,bloom$/);
});

scenario(
  "models are compared without scripts",
  { at: "/compare?models=llama-2,llama", javaScriptEnabled: false },
  async ({ page }) => {
    assert.equal(await page.locator("table.compare thead th").count(), 2);
    await page.locator("input[name=find]").fill("falcon");
    await page.keyboard.press("Enter");
    await page.waitForURL(/find=falcon/);
    await page.getByRole("link", { name: /^Falcon/ }).click();
    await page.waitForURL(/models=llama-2,llama,falcon/);
    await page.getByRole("link", { name: "Remove LLaMA", exact: true }).click();
    await page.waitForURL(/models=llama-2,falcon/);
  },
);

scenario(
  "all kinds of entries are in the header of a phone too",
  { at: "/changes", viewport: SCREENS.phone },
  async ({ page, check }) => {
    await page.locator(".learn").waitFor();
    await page.locator("header .more summary").click();
    for (const place of ["organizations", "licenses", "datasets", "sources", "architectures", "changes"])
      assert.ok(await page.locator(`header .more a[href="/${place}"]`).isVisible(), place);
    await check();
    await page.keyboard.press("Escape");
    await page.locator("header .more ul").waitFor({ state: "hidden" });
    await page.locator("header .more summary").click();
    await page.locator("header .more a[href='/sources']").click();
    await page.waitForURL(/\/sources$/);
    assert.ok(!(await page.locator("header .more ul").isVisible()));
  },
);

scenario("a printed model is not cut off", { at: "/models/llama-2" }, async ({ page, shot }) => {
  await page.locator(".learn").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 720, height: 1000 });
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("main table")].map((table) => table.getBoundingClientRect().right - innerWidth),
  );
  assert.ok(
    wide.every((over) => over <= 1),
    `${wide}`,
  );
  assert.ok(!(await page.locator("header nav").isVisible()));
  await shot("print");
});

if (SERVER_TOKEN) {
  scenario("changes are listed by the names of their subjects", { at: "/changes" }, async ({ page }) => {
    const slug = `read-${process.pid}`;
    const mutate = async (query) => {
      const response = await fetch(GRAPHQL_URL, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${SERVER_TOKEN}` },
        body: JSON.stringify({ query }),
      });
      assert.equal((await response.json()).errors, undefined);
    };
    await page.getByText("Live", { exact: true }).waitFor();
    await mutate(`mutation { createDataset(input: { slug: "${slug}", name: "A Set With a Name" }) { revision } }`);
    await page.locator(".revision a", { hasText: "A Set With a Name" }).first().waitFor();
    await mutate(`mutation { deleteDataset(input: { slug: "${slug}" }) { revision } }`);
    await page.locator(".revision strong", { hasText: "A Set With a Name" }).first().waitFor();
  });
}
