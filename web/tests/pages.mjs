// Tests the pages of a running server with the seed data in headless Chromium: every page in both languages, on a phone
// and on a desktop. Console errors, requests to other origins and violations found by axe fail a test.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { expectFit, LANGUAGES, scenario, SCREENS, screensIn } from "./scenario.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const { SERVER_TOKEN, SERVER_ADMIN_TOKEN } = process.env;

const PAGES = {
  catalog: { at: "/", ready: ".row .name a" },
  filtered: { at: "/?use=ALLOWED&memory=24&sort=-tokens", ready: ".row .name a" },
  nothing: { at: "/?q=no-such-model", ready: ".results .empty" },
  model: { at: "/models/llama-2", ready: ".subject h1" },
  compare: { at: "/compare?models=llama-2,llama,falcon", ready: "table.compare tbody tr" },
  plots: { at: "/plots", ready: ".drawing svg" },
  changes: { at: "/changes", ready: ".revision" },
  dataset: { at: "/datasets/the-pile", ready: ".subject h1" },
  license: { at: "/licenses/llama-2-community-license", ready: ".subject h1" },
  organization: { at: "/organizations/meta", ready: ".subject h1" },
  architecture: { at: "/architectures/gptq", ready: ".subject h1" },
  licenses: { at: "/licenses", ready: ".subjects li" },
  missing: { at: "/models/no-such-model", ready: "main h1" },
  create: { at: "/new/model", ready: "form.edit", token: SERVER_TOKEN },
  import: { at: "/import", ready: ".drop", token: SERVER_ADMIN_TOKEN },
  tokens: { at: "/tokens", ready: "table.data tbody tr", token: SERVER_ADMIN_TOKEN },
  refused: { at: "/tokens", ready: "main h1" },
};

for (const [name, { at, ready, token }] of Object.entries(PAGES)) {
  for (const [language, locale] of Object.entries(LANGUAGES)) {
    const screens = screensIn(language);
    scenario(
      `${name} in ${language}`,
      { at, locale, viewport: SCREENS[screens[0]], token, refused: name === "missing" },
      async ({ page, check, shot }) => {
        await page.locator(ready).first().waitFor();
        await settled(page, name);
        assert.equal(await page.evaluate(() => document.documentElement.lang.slice(0, 2)), language);
        const text = await page.locator("main h1").textContent();
        if (language === "zh" && !["model", "dataset", "license", "organization", "architecture"].includes(name))
          assert.match(text, /\p{Script=Han}/u);
        await check();
        await expectFit(page, screens, (screen) => shot(`${name}-${language}-${screen}`));
      },
    );
  }
}

for (const name of ["catalog", "model", "plots", "compare", "changes"]) {
  const { at, ready } = PAGES[name];
  scenario(`${name} in the dark theme`, { at, colorScheme: "dark" }, async ({ page, check, shot }) => {
    await page.locator(ready).first().waitFor();
    await settled(page, name);
    await check();
    await shot(`${name}-dark`);
  });
}

scenario(
  "the first page of the table works without scripts",
  { at: "/", javaScriptEnabled: false },
  async ({ page, response }) => {
    assert.equal(await page.locator(".row").count(), 31);
    assert.equal(await page.locator(".row .name a").first().textContent(), "LLaMA-2");
    const policy = response.headers()["content-security-policy"];
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|http/);
    await page.locator("input[name=q]").fill("天工");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    assert.deepEqual(await page.locator(".row .name a").allTextContents(), ["Skywork"]);
  },
);

const FACTS = {
  "/models/llama-2": ["LLaMA-2", "70B", "130 GiB", "Llama 2 Community License", "#"],
  "/datasets/the-pile": ["The Pile", "800 GB"],
  "/licenses/llama-2-community-license": ["Llama 2 Community License", "Allowed", "LLaMA-2"],
  "/organizations/meta": ["Meta", "LLaMA"],
  "/organizations?q=meta": ["Organizations", "Meta"],
  "/changes": ["Changes", "Atom feed", "Model"],
};
for (const [at, facts] of Object.entries(FACTS)) {
  scenario(`${at} is readable without scripts`, { at, javaScriptEnabled: false }, async ({ page, shot }) => {
    const text = await page.locator("main").innerText();
    for (const fact of facts) assert.ok(text.includes(fact), `${fact} in ${text.slice(0, 2000)}`);
    assert.match(await page.title(), / – Open LLM Catalog$/);
    await shot(`plain${at.replace(/\W+/g, "-")}`);
  });

  scenario(`${at} comes with the HTML and is not requested again`, { at }, async ({ page, sentQueries }) => {
    await page.locator(".learn").waitFor();
    await settled(page, at.slice(1));
    const text = await page.locator("main").innerText();
    for (const fact of facts) assert.ok(text.includes(fact), fact);
    assert.deepEqual(
      sentQueries().filter((query) => query.startsWith("query")),
      [],
    );
  });
}

scenario(
  "search, filters and pagination of lists and changes work without scripts",
  { at: "/changes", javaScriptEnabled: false, refused: true },
  async ({ page }) => {
    await page.locator("select[name=type]").selectOption("LICENSE");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/type=LICENSE/);
    assert.ok((await page.locator(".revision").allInnerTexts()).every((text) => text.includes("License")));
    await page.goto(`${SERVER_URL}/changes`);
    const newest = await page.locator(".revision .number").first().textContent();
    await page.getByRole("link", { name: "Older" }).click();
    await page.waitForURL(/before=/);
    assert.notEqual(await page.locator(".revision .number").first().textContent(), newest);
    const missing = await page.goto(`${SERVER_URL}/models/no-such-model`);
    assert.equal(missing.status(), 404);
    await page.locator("main input[name=q]").fill("qwen");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/\?q=qwen/);
    assert.equal(await page.locator(".row .name a").first().textContent(), "Qwen");
  },
);

scenario(
  "an unreachable server shows an error and a button to try again",
  { at: "/", refused: true },
  async ({ page, check, shot }) => {
    await page.waitForLoadState("networkidle");
    let respond = (route) => route.abort();
    await page.route(/\?.*use=PROHIBITED/, (route) => respond(route));
    await page.locator("input[name=use][value=PROHIBITED]").check();
    await page.getByText("The server cannot be reached.").waitFor();
    await check();
    await shot("away");
    respond = (route) => route.continue();
    await page.getByRole("button", { name: "Try again" }).click();
    await expectNames(page, ["LLaMA"]);
  },
);

scenario("the catalog loads at most 150 kB of compressed scripts", { at: "/" }, async ({ page }) => {
  await page.locator(".filters input").first().waitFor();
  const sizes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.endsWith(".js"))
      .map(({ encodedBodySize }) => encodedBodySize),
  );
  const sum = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(sizes.length > 0 && sum > 0 && sum <= 150_000, `${sum} bytes`);
});

scenario(
  "the title is the name of the subject, also after scripts ran",
  { at: "/models/llama-2" },
  async ({ page }) => {
    await page.waitForLoadState("networkidle");
    assert.equal(await page.title(), "LLaMA-2 – Open LLM Catalog");
    await page.locator(".facts a[href='/organizations/meta'], .subject .crumbs a").first().click();
    await page.waitForFunction(() => !document.title.startsWith("LLaMA-2"));
  },
);

scenario("a model shows what its facts rest on", { at: "/models/llama-2" }, async ({ page }) => {
  const evidence = page.locator("details.evidence");
  assert.match(await evidence.locator("summary").textContent(), /^\d+ statements · 1 source$/);
  await evidence.locator("summary").click();
  const row = evidence.getByRole("row").filter({ hasText: "2T" }).first();
  assert.match(await row.textContent(), /基础大模型, row 1/);
  assert.equal(await row.getByRole("link").first().getAttribute("href"), "/sources/awesome-open-foundation-models");
});

scenario("search, filters and sort order are in the address and follow the history", { at: "/" }, async ({ page }) => {
  await page.locator(".filters input").first().waitFor();
  await page.getByRole("searchbox").first().pressSequentially("llama", { delay: 20 });
  await page.waitForURL(/\?q=llama$/);
  await expectNames(page, ["LLaMA", "LLaMA-2", "OpenLLaMA", "CodeLLaMA"]);
  await page.locator("input[name=use][value=PROHIBITED]").check();
  await page.waitForURL(/use=PROHIBITED/);
  await expectNames(page, ["LLaMA"]);
  await page.goBack();
  await expectNames(page, ["LLaMA", "LLaMA-2", "OpenLLaMA", "CodeLLaMA"]);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".row").length > 10);
  // The search field is updated one frame after the rows.
  await page.waitForFunction(() => document.querySelector("input[name=q]").value === "");
  await page.goForward();
  await expectNames(page, ["LLaMA", "LLaMA-2", "OpenLLaMA", "CodeLLaMA"]);
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await page.waitForURL(/sort=name/);
  await expectNames(page, ["CodeLLaMA", "LLaMA", "LLaMA-2", "OpenLLaMA"]);
  assert.equal(await page.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort"), "ascending");
});

scenario("models are selected and compared, and differences are marked", { at: "/" }, async ({ page }) => {
  for (const name of ["LLaMA-2", "Falcon"]) await page.getByLabel(`Compare ${name}`, { exact: true }).check();
  assert.match(await page.locator(".tray [role=status]").innerText(), /^LLaMA-2, Falcon/);
  await page.locator(".tray a").click();
  await page.locator("table.compare tbody tr").first().waitFor();
  assert.match(page.url(), /compare\?models=llama-2,falcon$/);
  // An unknown value is no difference.
  const use = page.locator("table.compare tbody tr", { hasText: "Commercial use" });
  assert.match(await use.textContent(), /Allowed.*unknown/s);
  assert.doesNotMatch((await use.getAttribute("class")) ?? "", /differs/);
  await page.getByRole("searchbox", { name: "Add a model…" }).fill("qwen");
  await page.getByRole("link", { name: /^Qwen/ }).first().click();
  await page.getByRole("columnheader", { name: /Qwen/ }).waitFor();
  await page.getByLabel("Show differences only").check();
  await page.waitForURL(/only=different/);
  assert.equal(await page.locator("table.compare tbody tr:not(.differs)").count(), 0);
  assert.ok((await page.locator("table.compare tbody tr.differs").count()) > 0);
});

scenario(
  "the queries of a page can be copied and opened in the playground",
  { at: "/models/qwen", permissions: ["clipboard-read", "clipboard-write"] },
  async ({ page, context }) => {
    await page.getByText("See the GraphQL query").click();
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByText("Copied", { exact: true }).first().waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(curl, /^curl -s http.*\/graphql .*query Model\(/s);
    assert.match(curl, /"slug": "qwen"/);
    const [playground] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "Open in the playground" }).click(),
    ]);
    await playground.locator(".graphiql-query-editor .CodeMirror").waitFor();
    assert.match(
      await playground
        .locator(".graphiql-query-editor .CodeMirror")
        .evaluate(({ CodeMirror }) => CodeMirror.getValue()),
      /query Model\(/,
    );
  },
);

scenario("language and theme are switched and saved", { at: "/" }, async ({ page }) => {
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("heading", { name: "开放大语言模型" }).waitFor();
  await page.getByRole("button", { name: "切换到深色" }).click();
  await page.reload();
  assert.equal(await page.locator("h1").textContent(), "开放大语言模型");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(19, 21, 25)");
});

scenario("the keyboard reaches the skip link and a model", { at: "/" }, async ({ page }) => {
  await page.locator(".filters input").first().waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
  await page.locator(".row .name a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/models\//);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
});

if (SERVER_TOKEN && SERVER_ADMIN_TOKEN) {
  const name = `Page test ${process.pid}`;
  const slug = `page-test-${process.pid}`;

  scenario(
    "a model is created, edited, merged after a conflict, reverted and deleted",
    { at: "/", refused: true },
    async ({ page, context }) => {
      await page.getByRole("button", { name: "Sign in" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Token" }).fill("olc_wrong");
      await dialog.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("This token is wrong, expired or revoked.").waitFor();
      await dialog.getByRole("textbox", { name: "Token" }).fill(SERVER_ADMIN_TOKEN);
      await dialog.getByRole("button", { name: "Sign in" }).click();
      await page.locator(".tools .menu summary").click();
      await page.getByRole("link", { name: "New model" }).click();
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByRole("button", { name: "+ Add a size" }).click();
      await page.locator("[data-field=sizes]").getByLabel("Size", { exact: true }).fill("7B");
      await page.locator("[data-field=sizes]").getByLabel("Parameters", { exact: true }).fill("many");
      await page.getByRole("button", { name: "Create" }).click();
      await page.locator("[data-field=sizes] .error").waitFor();
      await page.locator("[data-field=sizes]").getByLabel("Parameters", { exact: true }).fill("7B");
      await page.getByRole("button", { name: "Create" }).click();
      await page.waitForURL(new RegExp(`/models/${slug}$`));
      await page.getByRole("row", { name: /^7B/ }).waitFor();

      await page.getByRole("link", { name: "Edit" }).click();
      await page.getByLabel("Other names", { exact: true }).fill("mine");
      await mutate(`mutation { updateModel(input: { slug: "${slug}", releaseDate: "2024-05-06" }) { revision } }`);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("heading", { name: "Someone else changed this" }).waitFor();
      assert.match(await page.locator(".conflict").textContent(), /2024-05-06/);
      await page.getByRole("button", { name: /^Keep my changes/ }).click();
      await page.getByRole("button", { name: "Save" }).click();
      await page.locator(".aliases", { hasText: "mine" }).waitFor();
      assert.match(await page.locator(".facts").textContent(), /6 May 2024/);

      await page
        .getByRole("button", { name: /^Undo revision/ })
        .first()
        .click();
      await page.locator(".aliases", { hasText: "mine" }).waitFor({ state: "detached" });
      assert.match(await page.locator(".facts").textContent(), /6 May 2024/);

      assert.deepEqual(
        await page.evaluate(
          (secret) =>
            [document.cookie, location.href, JSON.stringify(localStorage)].filter((text) => text.includes(secret)),
          SERVER_ADMIN_TOKEN,
        ),
        [],
      );
      await page.getByRole("link", { name: "Edit" }).click();
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await page.getByRole("button", { name: `Delete ${name}` }).click();
      await page.waitForURL(/\/$/);
      assert.equal((await runQuery(`{ model(slug: "${slug}") { name } }`)).model, null);
      void context;
    },
  );

  scenario(
    "a busy server does not sign an editor out, a rejected token does",
    { at: "/", token: SERVER_TOKEN, refused: true },
    async ({ page }) => {
      const stored = () => page.evaluate(() => sessionStorage.getItem("token"));
      const answers = [
        { status: 429, code: "RATE_LIMITED" },
        { status: 503, code: "SERVICE_UNAVAILABLE" },
      ];
      await page.route("**/graphql", (route) => {
        const answer = /query Viewer/.test(route.request().postData() ?? "") ? answers.shift() : undefined;
        if (!answer) return route.continue();
        const errors = [{ message: "An error", extensions: { code: answer.code } }];
        return route.fulfill({ status: answer.status, headers: { "retry-after": "1" }, json: { errors } });
      });
      await page.reload();
      // The viewer stays signed in. The token is tried again after a second, and a second time.
      await page.locator(".tools .menu summary").waitFor();
      for (let i = 0; i < 50 && answers.length > 0; i++) await page.waitForTimeout(100);
      assert.deepEqual([answers.length, await stored()], [0, SERVER_TOKEN]);
      answers.push({ status: 401, code: "UNAUTHENTICATED" });
      await page.reload();
      await page.waitForFunction(() => sessionStorage.getItem("token") === null);
      await page.getByRole("button", { name: "Sign in" }).waitFor();
    },
  );

  scenario(
    "a fact is edited inline by keyboard",
    { at: "/", token: SERVER_TOKEN, refused: true },
    async ({ page, check, shot }) => {
      const at = `place-${slug}`;
      const fact = (name) => page.locator(".facts > div").filter({ has: page.locator("dt", { hasText: name }) });
      await mutate(
        `mutation { createModel(input: { slug: "${at}", name: "${name}", kind: FOUNDATION, links: [{ kind: DETAILS, url: "a/relative.md" }] }) { revision } }`,
      );
      try {
        await page.goto(`${SERVER_URL}/models/${at}`);
        const pencil = page.getByRole("button", { name: "Change: Released" });
        await pencil.focus();
        await page.keyboard.press("Enter");
        await page.locator(".in-place input").first().waitFor();
        await check();
        await shot("in-place");
        await page.keyboard.press("Escape");
        await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Change: Released");
        await page.keyboard.press("Enter");
        await page.locator(".in-place input").first().fill("2024-05-06");
        await page.keyboard.press("Enter");
        await fact("Released").getByText("6 May 2024").waitFor();
        await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Change: Released");

        await page.getByRole("button", { name: "Change: Summary" }).click();
        await page.locator(".in-place textarea[lang=en]").fill("A summary.");
        await page.keyboard.press("Enter");
        await page.locator(".lead", { hasText: "A summary." }).waitFor();

        // A validation error is shown at the field.
        await page.getByRole("button", { name: "Change: Training compute (FLOPs)" }).click();
        await page.locator(".in-place input").first().fill("-5");
        await page.keyboard.press("Enter");
        await page.locator(".in-place .error").waitFor();
        await page.keyboard.press("Escape");

        // A change of another field is no conflict; a change of the same field is, and both values are shown.
        await page.getByRole("button", { name: "Change: Name" }).click();
        await page.locator(".in-place input").first().waitFor();
        await mutate(`mutation { updateModel(input: { slug: "${at}", trainingFlops: 1e22 }) { revision } }`);
        await page.locator(".in-place input").first().fill(`${name} mine`);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: `${name} mine` }).waitFor();
        await page.getByRole("button", { name: "Change: Name" }).click();
        await page.locator(".in-place input").first().waitFor();
        await mutate(`mutation { updateModel(input: { slug: "${at}", name: "${name} theirs" }) { revision } }`);
        await page.locator(".in-place input").first().fill(`${name} ours`);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: "Someone else changed this" }).waitFor();
        assert.match(await page.locator(".conflict").textContent(), /theirs.*ours/s);
        await check();
        await shot("in-place-conflict");
        await page.getByRole("button", { name: /^Keep my changes/ }).click();
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByRole("heading", { name: `${name} ours` }).waitFor();

        // A link that was not edited keeps its relative URL.
        await page.getByRole("button", { name: "Change: Links" }).click();
        await page.getByRole("button", { name: "+ Add a link" }).click();
        await page.locator(".in-place").getByLabel("Type").last().selectOption("PAPER");
        await page.locator(".in-place").getByLabel("URL").last().fill("https://example.org/paper");
        await page.keyboard.press("Enter");
        await page.getByRole("link", { name: "example.org/paper" }).waitFor();
        const { model } = await runQuery(
          `{ model(slug: "${at}") { revisions(last: 1) { nodes { changes { after } } } } }`,
        );
        assert.deepEqual(
          model.revisions.nodes[0].changes[0].after.map(({ url }) => url),
          ["a/relative.md", "https://example.org/paper"],
        );
      } finally {
        await mutate(`mutation { deleteModel(input: { slug: "${at}" }) { revision } }`);
      }
    },
  );

  scenario("new changes appear while the page is open", { at: "/changes?type=ORGANIZATION" }, async ({ page }) => {
    await page.getByText("Live", { exact: true }).waitFor();
    await mutate(`mutation { createOrganization(input: { name: "Live ${slug}" }) { revision } }`);
    await page
      .locator(".revision")
      .filter({ hasText: `Live ${slug}` })
      .waitFor();
    await mutate(`mutation { deleteOrganization(input: { slug: "live-${slug}" }) { revision } }`);
    await page
      .locator(".revision")
      .filter({ hasText: `Live ${slug}` })
      .filter({ hasText: "deleted" })
      .waitFor();
  });

  scenario(
    "a file is imported after a preview",
    { at: "/import", token: SERVER_ADMIN_TOKEN },
    async ({ page, check }) => {
      const drop = (lines) =>
        page.locator(".drop input").setInputFiles({
          name: "models.ndjson",
          mimeType: "application/x-ndjson",
          buffer: Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n")),
        });
      await drop([
        { type: "Model", name: `Import ${slug}`, kind: "FOUNDATION" },
        { type: "Model", name: "", kind: "FOUNDATION" },
      ]);
      await page.getByText(/1 rejected/).waitFor();
      await check();
      await drop([{ type: "Model", name: `Import ${slug}`, kind: "FOUNDATION" }]);
      await page.getByText("1 would be created, 0 updated").waitFor();
      assert.equal((await runQuery(`{ model(slug: "import-${slug}") { name } }`)).model, null);
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await page.getByRole("heading", { name: "Imported" }).waitFor();
      assert.equal((await runQuery(`{ model(slug: "import-${slug}") { name } }`)).model.name, `Import ${slug}`);
      await mutate(`mutation { deleteModel(input: { slug: "import-${slug}" }) { revision } }`);
    },
  );

  scenario(
    "tokens are created, shown once and revoked",
    { at: "/tokens", token: SERVER_ADMIN_TOKEN },
    async ({ page }) => {
      await page.getByLabel("Name", { exact: true }).fill(slug);
      await page.getByRole("button", { name: "Create token" }).click();
      assert.match(await page.locator("code").textContent(), /^olc_/);
      await page.getByRole("button", { name: `Revoke ${slug}` }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: `Revoke ${slug}` })
        .click();
      await page
        .getByRole("row", { name: new RegExp(slug) })
        .getByText(/revoked/)
        .waitFor();
    },
  );

  scenario("stored markup is never executed", { at: "/" }, async ({ page, context, check }) => {
    const evil = `</script><img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>`;
    await mutate(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
      input: {
        slug: `evil-${slug}`,
        name: `Evil ${evil}`,
        aliases: [evil],
        kind: "FOUNDATION",
        position: 1,
        summary: { en: evil, zh: evil },
        links: [
          {
            kind: "OTHER",
            title: evil,
            url: `https://example.org/"onclick="globalThis.ran=1"/<script>globalThis.ran=1</script>`,
          },
        ],
        sizes: [{ label: `<script>ran=1</script>`, parameters: 7 }],
      },
    });
    try {
      for (const at of [
        "/",
        "/?q=evil",
        `/models/evil-${slug}`,
        `/compare?models=evil-${slug},qwen`,
        "/plots",
        "/changes",
      ]) {
        await page.goto(SERVER_URL + at);
        await settled(page, at.slice(1));
        assert.equal(await page.evaluate(() => globalThis.ran), undefined, at);
        if (at === "/?q=evil") assert.deepEqual(await names(page), [`Evil ${evil}`]);
      }
      await check();
      const refused = await fetch(
        GRAPHQL_URL,
        post(
          `mutation { updateModel(input: { slug: "evil-${slug}", links: [{ kind: OTHER, url: "javascript:alert(1)" }] }) { revision } }`,
        ),
      );
      assert.equal((await refused.json()).errors[0].extensions.code, "INVALID_DOCUMENT");
    } finally {
      await mutate(`mutation { deleteModel(input: { slug: "evil-${slug}" }) { revision } }`);
      void context;
    }
  });
}

/** Waits until the network is idle, or for the subscription on the page of changes. */
async function settled(page, name) {
  if (name === "changes") await page.getByText(/^(Live|实时)$/).waitFor();
  else await page.waitForLoadState("networkidle");
}

function names(page) {
  return page.locator(".row .whole").allTextContents();
}

/** Waits until the table shows exactly these models, or begins with them. */
async function expectNames(page, expected, begins = false) {
  await page.waitForFunction(
    ([expected, begins]) => {
      const shown = [...document.querySelectorAll(".row .whole")].map(({ textContent }) => textContent);
      return JSON.stringify(begins ? shown.slice(0, expected.length) : shown) === JSON.stringify(expected);
    },
    [expected, begins],
  );
}

function post(query, variables) {
  return {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${SERVER_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  };
}

async function runQuery(query) {
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data;
}

async function mutate(query, variables) {
  const { errors } = await (await fetch(GRAPHQL_URL, post(query, variables))).json();
  assert.equal(errors, undefined);
}
