// Tests the table of the catalog and its filters in headless Chromium, with the seed data: in both languages, on a phone and on
// a desktop, with and without scripts. Violations found by axe fail a test.
import assert from "node:assert/strict";
import { LANGUAGES, overflow, scenario as openScenario, SCREENS } from "./scenario.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const { SERVER_TOKEN } = process.env;

/** A test on a page that has loaded all it needs. */
function scenario(title, { at = "/", ...options }, run) {
  openScenario(title, { at, reducedMotion: "reduce", ...options }, async (opened) => {
    if (options.javaScriptEnabled !== false) await opened.page.waitForLoadState("networkidle");
    await run(opened);
  });
}

const names = (page) => page.locator(".row .whole").allTextContents();
const slugs = (page) => page.locator(".row").evaluateAll((rows) => rows.map((row) => row.dataset.key));
const settled = async (page) => {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector("main[aria-busy], form[data-pending]"));
};

const LOOKS = [
  ...["/", "/?gpu=rtx-4090&users=1M&hosting=yes"].flatMap((at) =>
    ["en", "zh"].flatMap((language) => ["phone", "desktop"].map((screen) => ({ at, language, screen }))),
  ),
  { at: "/?dense=1&columns=country&columns=context&columns=links", language: "en", screen: "desktop" },
  { at: "/?gpu=m4-max-64gb&columns=modality", language: "zh", screen: "narrow" },
];
for (const { at, language, screen } of LOOKS) {
  const options = { at, locale: LANGUAGES[language], viewport: SCREENS[screen] };
  scenario(`${at} in ${language} on a ${screen} screen`, options, async ({ page, check }) => {
    assert.ok((await page.locator(".row").count()) > 0);
    const wide = await overflow(page);
    assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window`);
    await check();
  });
}

for (const width of [1024, 1280]) {
  scenario(`nothing is cut at ${width} pixels`, { viewport: { width, height: 800 } }, async ({ page }) => {
    const cut = await page
      .locator(".row > *")
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText),
      );
    assert.deepEqual(cut, []);
  });
}

scenario("the page says what it is and how fresh it is", {}, async ({ page }) => {
  assert.match(
    await page.locator(".intro .state").innerText(),
    /\d+ models.*source.*updated (today|yesterday|[\d,]+ days ago)\./,
  );
});

scenario("counts that the page did not wait for are loaded, with the age of the catalog", {}, async ({ page }) => {
  // As a server sends it that has not counted yet.
  await page.route(SERVER_URL + "/?use=PROHIBITED", async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replace(' id="filters"', ' id="filters" data-pending')
      .replace(/<span class="state">.*?<\/span>/s, '<span class="state"></span>');
    assert.ok(body.includes("data-pending") && body.includes('<span class="state"></span>'));
    await route.fulfill({ response, body });
  });
  await page.goto(SERVER_URL + "/?use=PROHIBITED");
  await settled(page);
  assert.match(await page.locator(".intro .state").innerText(), /\d+ models/);
  assert.ok((await page.locator(".facet .count").count()) > 0);
});

scenario("filters and columns work without scripts", { javaScriptEnabled: false }, async ({ page }) => {
  await page.locator("input[name=use][value=PROHIBITED]").check();
  await page.locator("[data-show]").click();
  await page.waitForURL(/use=PROHIBITED/);
  assert.ok((await names(page)).includes("LLaMA"));
  assert.ok(await page.locator("input[name=use][value=PROHIBITED]").isChecked());
  await page.locator(".view summary").click();
  await page.locator(".view a", { hasText: "Country" }).click();
  await page.waitForURL(/columns=country/);
  assert.match(page.url(), /use=PROHIBITED/);
  assert.equal(await page.locator("th.country").count(), 1);
});

scenario(
  "a filter changes the table and the counts, keeps the focus and is one entry of the history",
  {},
  async ({ page }) => {
    const all = await page.locator(".row").count();
    const box = page.locator("input[name=use][value=PROHIBITED]");
    await box.focus();
    await page.keyboard.press("Space");
    await page.waitForURL(/use=PROHIBITED/);
    await settled(page);
    const shown = await page.locator(".row").count();
    assert.ok(shown > 0 && shown < all, `${shown} of ${all}`);
    assert.ok(await box.evaluate((element) => element === document.activeElement));
    assert.match(await page.locator(".above [role=status]").innerText(), new RegExp(`^${shown} `));
    await page.goBack();
    await settled(page);
    assert.equal(await page.locator(".row").count(), all);
    assert.ok(!(await box.isChecked()));
  },
);

scenario("a count is the number of models that its filter shows", {}, async ({ page }) => {
  for (const name of ["use", "license", "kind"]) {
    await page.goto(SERVER_URL);
    await settled(page);
    const box = page.locator(`.facet label:has(input[name=${name}])`).first();
    const expected = Number(await box.locator(".count").innerText());
    await box.locator("input").check();
    await page.waitForURL(new RegExp(`${name}=`));
    await settled(page);
    assert.match(await page.locator(".above [role=status]").innerText(), new RegExp(`^${expected} `), name);
  }
});

scenario("sliders move by keyboard, with typed values and one entry of the history", {}, async ({ page }) => {
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  await page.locator('[data-of="maxSize"]').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/maxSize=/);
  await settled(page);
  const typed = page.locator("[name=maxSize]");
  assert.equal(await typed.inputValue(), new URL(page.url()).searchParams.get("maxSize"));
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(200);
  }
  await settled(page);
  assert.equal(await entries(), before + 1);
  await typed.fill("7b");
  await page.waitForURL(/maxSize=7[bB]/);
  await settled(page);
  assert.ok((await page.locator(".chip.lit").count()) > 0);
  assert.ok((await page.locator(".range output").first().innerText()).includes("7B"));
});

scenario(
  "a device lights up the sizes that fit, with their memory, and is remembered",
  {},
  async ({ page, context }) => {
    await page.locator("select[name=gpu]").selectOption("rtx-4090");
    await page.waitForURL(/gpu=rtx-4090/);
    await settled(page);
    assert.match(
      await page.locator(".results .assumptions").innerText(),
      /RTX 4090: 24 GiB of memory, 10% kept free, so 21.6 GiB/,
    );
    const lit = await page.locator(".chip.lit").allInnerTexts();
    assert.ok(lit.length > 0 && lit.every((text) => /GiB/.test(text)), lit.join());
    for (const row of await page.locator(".row").all()) assert.ok((await row.locator(".chip.lit").count()) > 0);
    const counts = await page.locator("label:has([name=fit]) .count").allInnerTexts();
    assert.equal(counts.length, 3);
    const cookie = (await context.cookies()).find(({ name }) => name === "hardware");
    assert.match(decodeURIComponent(cookie?.value ?? ""), /gpu=rtx-4090/);
  },
);

scenario("a case changes the answers in the table", { at: "/?users=1B&hosting=yes" }, async ({ page }) => {
  assert.ok(await page.locator("[name=use][value=ALLOWED]").isChecked());
  assert.ok(await page.locator("details.case").evaluate((details) => details.open));
  const answers = await page.locator(".row .license .use").allInnerTexts();
  assert.ok(answers.length > 0 && answers.every((text) => /Allowed|conditions/i.test(text)), answers.join());
});

scenario("the whole row is a link", {}, async ({ page }) => {
  const slug = (await slugs(page))[0];
  const { x, y, width, height } = await page.locator(".row .size").first().boundingBox();
  await page.mouse.click(x + width - 3, y + height / 2);
  await page.waitForURL(`**/models/${slug}`);
});

for (const at of [
  "/?use=PROHIBITED",
  "/?maxSize=7B&kind=FOUNDATION",
  "/?q=llama",
  "/?gpu=rtx-3060&quantization=Q8_0",
]) {
  scenario(`exports have exactly the rows of ${at}`, { at }, async ({ page }) => {
    const shown = (await slugs(page)).sort();
    const link = page.locator(".actions a[download]").first();
    assert.equal(await link.innerText(), `CSV (${shown.length})`);
    const csv = await (await fetch(new URL(await link.getAttribute("href"), SERVER_URL))).text();
    const rows = csv
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    assert.deepEqual([...new Set(rows)].sort(), shown);
  });
}

scenario("the filters are a sheet on a phone", { viewport: SCREENS.phone }, async ({ page, check }) => {
  const sheet = page.locator("form.filters");
  assert.ok(!(await sheet.isVisible()));
  await page.locator("[data-open-filters]").click();
  assert.ok(await sheet.isVisible());
  await page.locator("input[name=use][value=PROHIBITED]").check();
  await page.waitForURL(/use=PROHIBITED/);
  await settled(page);
  assert.ok(await sheet.isVisible(), "it stays open");
  const shown = await page.locator(".row").count();
  const show = page.locator("[data-show]");
  assert.match(await show.innerText(), new RegExp(`^Show ${shown} models?$`));
  await check();
  await show.click();
  assert.ok(!(await sheet.isVisible()));
  await page.locator("[data-open-filters]").click();
  await page.keyboard.press("Escape");
  assert.ok(!(await sheet.isVisible()));
  assert.ok(await page.locator("[data-open-filters]").evaluate((element) => element === document.activeElement));
});

scenario(
  "the filters are a sheet on a phone without scripts",
  { viewport: SCREENS.phone, javaScriptEnabled: false },
  async ({ page }) => {
    await page.locator("[data-open-filters]").click();
    assert.ok(await page.locator("form.filters").isVisible());
    await page.locator("input[name=kind]").first().check();
    await page.locator("[data-show]").click();
    await page.waitForURL(/kind=/);
    assert.ok(!(await page.locator("form.filters").isVisible()));
  },
);

scenario(
  "more rows are loaded below, and are there when the reader comes back",
  { at: "/licenses", token: SERVER_TOKEN, skip: !SERVER_TOKEN && "needs a token" },
  async ({ page }) => {
    const name = `Rows${process.pid}`;
    const mutate = async (mutation) => {
      const response = await fetch(GRAPHQL_URL, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${SERVER_TOKEN}` },
        body: JSON.stringify({ query: `mutation { ${mutation} }` }),
      });
      assert.equal((await response.json()).errors, undefined);
    };
    const all = Array.from({ length: 120 }, (_, i) => `${name}-${i}`);
    await mutate(`upsertModels(input: { models: [${all.map((name) => `{ name: "${name}" }`)}] }) { revision }`);
    try {
      await page.goto(`${SERVER_URL}/?q=${name}`);
      await settled(page);
      for (const count of [100, 120]) {
        await page.locator(".next").click();
        await page.waitForFunction((count) => document.querySelectorAll(".row").length === count, count);
      }
      const loaded = await slugs(page);
      assert.equal(new Set(loaded).size, 120);
      assert.equal(await page.locator(".next").count(), 0);
      const row = page.locator(".row").nth(90);
      await row.scrollIntoViewIfNeeded();
      const place = async () => Math.round((await row.boundingBox()).y);
      const before = await place();
      await row.locator(".whole").click();
      await page.waitForURL(/\/models\//);
      await page.goBack();
      await page.waitForFunction(() => document.querySelectorAll(".row").length === 120);
      assert.deepEqual(await slugs(page), loaded);
      await page.waitForTimeout(100);
      assert.ok(Math.abs((await place()) - before) < 3, `the row is at ${await place()} instead of ${before}`);
      // Also when the page is loaded again, and no longer after a filter.
      await page.reload();
      await page.waitForFunction(() => document.querySelectorAll(".row").length === 120);
      await page.locator("input[name=use][value=UNKNOWN]").check();
      await page.waitForURL(/use=UNKNOWN/);
      await settled(page);
      assert.equal(await page.locator(".row").count(), 50);
    } finally {
      for (let i = 0; i < all.length; i += 40) {
        const some = all.slice(i, i + 40).map((name) => name.toLowerCase());
        await mutate(some.map((slug, n) => `_${n}: deleteModel(input: { slug: "${slug}" }) { revision }`).join(" "));
      }
    }
  },
);

scenario(
  "the table says what a search is read as, and undoes it",
  { at: "/?q=llama 7b&kind=FOUNDATION" },
  async ({ page, check }) => {
    assert.match(await page.locator(".results .readings").innerText(), /7B/);
    await check();
    await page.locator(".results .readings a").click();
    await page.waitForURL(/q=llama\+%227b%22&kind=FOUNDATION/);
    await page.goto(`${SERVER_URL}/?q=lamaa`);
    await page.locator(".results .suggestion a").click();
    await page.waitForURL(/q=LLaMA/);
    await settled(page);
    assert.ok((await slugs(page)).includes("llama"));
  },
);

scenario("the second skip link leads to the results", {}, async ({ page }) => {
  await page.keyboard.press("Tab");
  await page.locator(".catalog > .skip").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("#results").contains(document.activeElement)));
});

for (const at of [
  "/?minSize=9999T",
  "/?maxTokens=…T",
  "/?q=%00",
  "/?year=0000&since=9999-12-31",
  "/?gpus=99&memory=1e9",
  "/?nonsense=1",
]) {
  scenario(`the odd address ${at} shows something`, { at }, async ({ page }) => {
    assert.equal(await page.locator(".catalog h1").count(), 1);
    assert.equal(await page.locator(".problem").count(), 0);
  });
}
