// Tests editing on the pages of a running server with the seed data, in headless Chromium: in both languages, on a phone and on a
// desktop. Needs an editor token in SERVER_TOKEN and an admin token in SERVER_ADMIN_TOKEN. What a test creates, it deletes.
import assert from "node:assert/strict";
import { overflow, scenario as openScenario } from "./scenario.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const { SERVER_TOKEN, SERVER_ADMIN_TOKEN } = process.env;
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const unique = `${process.pid}-${Date.now() % 100000}`;

scenario(
  "a form with changes asks before it is left and keeps a draft",
  { at: "/conflicts" },
  async ({ page, check }) => {
    await page.locator(".tools .menu summary").click();
    await page.getByRole("link", { name: "New model" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Draft model");
    await page.getByRole("link", { name: "Charts" }).first().click();
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    await question.waitFor();
    await check();
    await question.getByRole("button", { name: "Keep editing" }).click();
    assert.match(page.url(), /\/new\/model$/);
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Draft model");

    await page.getByRole("link", { name: "Charts" }).first().click();
    await question.getByRole("button", { name: "Leave" }).click();
    await page.waitForURL(/\/plots$/);
    await page.goBack();
    await page.getByRole("button", { name: "Continue with the draft" }).click();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Draft model");

    // The browser's own way back asks too, and the page stays at its address.
    await page.goBack();
    await question.getByRole("button", { name: "Keep editing" }).click();
    await page.waitForURL(/\/new\/model$/);
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Draft model");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.goto(`${SERVER_URL}/new/model`);
    await page.getByLabel("Name", { exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Continue with the draft" }).count(), 0);
  },
);

const AMOUNTS = {
  "en-US": {
    size: "Size",
    parameters: "Parameters",
    add: "+ Add a size",
    name: "Name",
    date: "Released",
    save: "Create",
  },
  "zh-CN": { size: "规模", parameters: "参数量", add: "+ 添加规模", name: "名称", date: "发布时间", save: "创建" },
};
for (const [locale, words] of Object.entries(AMOUNTS)) {
  for (const viewport of [DESKTOP, PHONE]) {
    scenario(
      `what is wrong is said at its input while typing, in ${locale} at ${viewport.width} px`,
      { at: "/new/model", locale, viewport },
      async ({ page, check, shot, sentMutations }) => {
        const cell = (name) => page.locator(`[data-field="sizes.0.${name}"]`);
        await page.getByRole("button", { name: words.add }).click();
        const input = cell("parameters").getByRole("textbox");
        await input.fill("46.7");
        await cell("parameters").getByText("46.7B").waitFor();
        assert.equal(await input.getAttribute("aria-invalid"), "true");
        await input.fill("many");
        await cell("parameters").getByText("many").waitFor();
        await page.locator('[data-field="releaseDate"] input').fill("soon");

        // All problems are shown, those of empty inputs too, and nothing is sent.
        await page.getByRole("button", { name: words.save, exact: true }).click();
        for (const field of ["name", "sizes.0.label", "sizes.0.parameters", "releaseDate"])
          assert.notEqual(await page.locator(`[data-field="${field}"] .error`).textContent(), "", field);
        assert.equal(await page.locator(".edit .error").count(), 4);
        assert.deepEqual(sentMutations(), []);
        assert.equal(await page.evaluate(() => document.activeElement.closest("[data-field]").dataset.field), "name");
        await check();
        await shot(`amounts-${locale}-${viewport.width}`);

        await input.fill("46.7B");
        assert.equal(await cell("parameters").locator(".error").count(), 0);
        // Few parameters are possible, but rarely meant.
        await input.fill("7");
        await cell("parameters").locator(".note").waitFor();
        await fits(page);
      },
    );
  }
}

scenario(
  "errors of the API are at the inputs of their paths, in Chinese",
  { at: "/new/model", locale: "zh-CN" },
  async ({ page }) => {
    const slug = `errors-${unique}`;
    await mutate(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
      input: {
        slug,
        name: "Errors",
        sizes: [
          { label: "1B", parameters: "1B" },
          { label: "7B", parameters: "7B", evidence: [statement({ parameters: "7B" })] },
        ],
      },
    });
    try {
      await page.goto(`${SERVER_URL}/models/${slug}`);
      await page.getByRole("link", { name: "编辑", exact: true }).click();
      await page.locator('[data-field="sizes.1.parameters"] input').fill("8B");
      await page.locator('[data-field="sizes.0.activeParameters"] input').fill("2B");
      await page.locator('[data-field="languages"] input').fill("klingon!");
      await page.getByRole("button", { name: "保存" }).click();
      await page.locator('[data-field="sizes.1.parameters"] .error', { hasText: "请为您的值添加依据" }).waitFor();
      await page.locator('[data-field="sizes.0.activeParameters"] .error', { hasText: "不能大于参数总量" }).waitFor();
      await page.locator('[data-field="languages"] .error', { hasText: "语言代码" }).waitFor();
      assert.doesNotMatch(await page.locator("main").innerText(), /input\.|contradicts/);
      await page.locator('[data-field="sizes.0.activeParameters"] input').fill("");
      await page.locator('[data-field="languages"] input').fill("");
      await page.getByLabel("修改理由").fill("测试");
      await page.getByRole("button", { name: "保存" }).click();
      await page.locator(".toast", { hasText: "已保存" }).waitFor();
      const { model } = await runQuery(
        `{ model(slug: "${slug}") { sizes { parameters } revisions(last: 1) { nodes { reason } } } }`,
      );
      assert.deepEqual(model, {
        sizes: [{ parameters: 1e9 }, { parameters: 8e9 }],
        revisions: { nodes: [{ reason: "测试" }] },
      });
    } finally {
      await remove("Model", slug);
    }
  },
);

scenario(
  "a license is created from its picker, without a guess",
  { at: "/new/model" },
  async ({ page, check, shot }) => {
    const name = `Picked ${unique}`;
    const license = `License ${unique}`;
    await page.getByLabel("Name", { exact: true }).fill(name);
    const find = page.getByRole("combobox", { name: "Find: License" }).first();
    await find.fill(license);
    await page.getByRole("option", { name: `Create “${license}”…` }).waitFor();
    await check();
    await find.press("Enter");
    const dialog = page.getByRole("dialog", { name: "New license" });
    assert.equal(await dialog.getByLabel("Name", { exact: true }).inputValue(), license);
    assert.equal(await dialog.getByLabel("Commercial use").inputValue(), "");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("Fill this in.").waitFor();
    await check();
    await shot("create-license");
    await dialog.getByLabel("Commercial use").selectOption("PROHIBITED");
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.locator(".toast", { hasText: license }).waitFor();
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.waitForURL(/\/models\/picked/);
    const { model } = await runQuery(`{ model(slug: "picked-${unique}") { commercialUse license { name } } }`);
    assert.deepEqual(model, { commercialUse: "PROHIBITED", license: { name: license } });

    // Undo of the creation deletes the model and leaves its page.
    await page.locator(".toast", { hasText: name }).getByRole("button", { name: "Undo" }).click();
    await page.locator(".toast", { hasText: "Undone" }).waitFor();
    assert.equal((await runQuery(`{ model(slug: "picked-${unique}") { name } }`)).model, null);
    await remove("License", `license-${unique}`);
  },
);

scenario("evidence is added, changed and removed beside its field", { at: "/" }, async ({ page, check, shot }) => {
  const slug = `evidence-${unique}`;
  const url = `https://example.org/${unique}`;
  await mutate(
    `mutation { createModel(input: { slug: "${slug}", name: "Evidence", sizes: [{ label: "7B", parameters: "7B" }] }) { revision } }`,
  );
  const read = async () => {
    const { model } = await runQuery(
      `{ model(slug: "${slug}") { releaseDate evidence { nodes { field value quote } } sizes { trainingTokens evidence { nodes { field value confidence source { url title } } } } } }`,
    );
    return model;
  };
  try {
    await page.goto(`${SERVER_URL}/models/${slug}`);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await page.locator('[data-field="sizes.0.trainingTokens"] input').fill("2T");
    await page.getByRole("button", { name: "Sources for “Training tokens”: 0" }).click();
    const dialog = page.getByRole("dialog", { name: "Sources for “Training tokens”" });
    assert.equal(await dialog.getByLabel("Stated value").inputValue(), "2T");
    await dialog.getByRole("button", { name: "Keep this evidence" }).click();
    assert.equal(await dialog.locator(".error").count(), 2);

    // The source is unknown: it is created with its address.
    const find = dialog.getByRole("combobox", { name: "Find: Source" });
    await find.fill(url);
    await page.getByRole("option", { name: `Create “${url}”…` }).waitFor();
    await find.press("Enter");
    const source = page.getByRole("dialog", { name: "New source" });
    assert.equal(await source.getByLabel("URL").inputValue(), url);
    await source.getByLabel("Title").fill(`Source ${unique}`);
    await source.getByLabel("Type").selectOption("MODEL_CARD");
    await source.getByRole("button", { name: "Create" }).click();
    await dialog.getByText(`Source ${unique}`).waitFor();
    await dialog.getByLabel("How it is known").selectOption("REPORTED");
    await check();
    await shot("evidence");
    await dialog.getByRole("button", { name: "Keep this evidence" }).click();
    await dialog.getByRole("button", { name: "Done" }).click();

    // The next statement is found by the address, with the source of the last one offered.
    await page.locator('[data-field="releaseDate"] input').fill("2024-05-06");
    await page.getByRole("button", { name: "Sources for “Released”: 0" }).first().click();
    const released = page.getByRole("dialog", { name: "Sources for “Released”" });
    await released.getByText(`Source ${unique}`).waitFor();
    await released.getByRole("button", { name: `Remove Source ${unique}` }).click();
    await released.getByRole("combobox", { name: "Find: Source" }).fill(url);
    await released.getByRole("option", { name: new RegExp(`Source ${unique}`) }).click();
    await released.getByLabel("Quote").fill("released in May");
    await released.getByLabel("How it is known").selectOption("REPORTED");
    await released.getByRole("button", { name: "Keep this evidence" }).click();
    await released.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".toast", { hasText: "Evidence saved" }).waitFor();
    const stated = {
      field: "trainingTokens",
      value: "2T",
      confidence: "REPORTED",
      source: { url, title: `Source ${unique}` },
    };
    const date = { field: "releaseDate", value: "2024-05-06", quote: "released in May" };
    assert.deepEqual(await read(), {
      releaseDate: "2024-05-06",
      evidence: { nodes: [date] },
      sizes: [{ trainingTokens: 2e12, evidence: { nodes: [stated] } }],
    });

    // A correction of one statement and the removal of another are one revision.
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Sources for “Training tokens”: 1" }).click();
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Sources for “Released”: 1" }).click();
    await released.getByRole("button", { name: "Edit" }).click();
    await released.getByLabel("Stated value").fill("2024-05");
    await released.getByRole("button", { name: "Keep this evidence" }).click();
    await released.getByRole("button", { name: "Done" }).click();
    await page.getByLabel("Reason for the change").fill("read again");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".toast", { hasText: "Evidence saved" }).last().waitFor();
    await page.getByRole("link", { name: "Edit", exact: true }).waitFor();
    assert.deepEqual((await read()).evidence.nodes, [{ ...date, value: "2024-05" }]);
    assert.deepEqual((await read()).sizes[0].evidence.nodes, []);

    // The toast takes it back.
    await page.locator(".toast", { hasText: "Evidence saved" }).last().getByRole("button", { name: "Undo" }).click();
    await page.locator(".toast", { hasText: "Undone" }).waitFor();
    assert.deepEqual((await read()).evidence.nodes, [date]);
    assert.deepEqual((await read()).sizes[0].evidence.nodes, [stated]);
  } finally {
    await remove("Model", slug);
    await remove("Source", `source-${unique}`);
  }
});

scenario(
  "the bases of a model are edited with their relations and sizes",
  { at: "/" },
  async ({ page, check, shot }) => {
    const [slug, base] = [`bases-${unique}`, `base-${unique}`];
    const create = `mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`;
    await mutate(create, { input: { slug: base, name: `Base ${unique}`, sizes: [{ label: "7B", parameters: "7B" }] } });
    const source = { create: { url: `https://example.com/${slug}`, title: "Lineage", slug, kind: "MODEL_CARD" } };
    await mutate(create, {
      input: {
        slug,
        name: "Bases",
        baseModel: "llama-2",
        sizes: [{ label: "9B", parameters: "9B" }],
        evidence: [{ values: { baseModel: "llama-2" }, source, quote: "made from it", confidence: "REPORTED" }],
      },
    });
    const read = async () =>
      (
        await runQuery(
          `{ model(slug: "${slug}") { bases { relation sizeLabel of { label } model { slug } } evidence { nodes { field value } } } }`,
        )
      ).model;
    try {
      await page.goto(`${SERVER_URL}/models/${slug}`);
      await page.getByRole("link", { name: "Edit", exact: true }).click();
      const rows = page.locator('[data-field="bases"] .row-card');
      await rows.first().waitFor();
      assert.equal(await rows.count(), 1);
      // What a source says of a single base is beside the bases.
      await page.getByRole("button", { name: "Sources for “Derived from”: 1" }).click();
      await page.getByRole("dialog").getByText("made from it").waitFor();
      await check();
      await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();

      await page.getByRole("button", { name: "+ Add a base" }).click();
      const row = rows.nth(1);
      await row.getByRole("combobox").first().fill(`Base ${unique}`);
      await page.getByRole("option", { name: `Base ${unique}`, exact: true }).click();
      await row.getByLabel("How").selectOption("MERGED");
      await row.getByLabel("Size of that model").fill("7B");
      await row.getByLabel("Size of this model").fill("9B");
      await check();
      await shot("bases");
      await page.getByRole("button", { name: "Save" }).click();
      await page.locator('[data-field="bases"] .error', { hasText: "evidence for your value" }).waitFor();
      await page.getByLabel("Reason for the change").fill("the paper names two");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("link", { name: "Edit", exact: true }).waitFor();
      const first = { relation: null, sizeLabel: null, of: null, model: { slug: "llama-2" } };
      const second = { relation: "MERGED", sizeLabel: "7B", of: { label: "9B" }, model: { slug: base } };
      const evidence = { nodes: [{ field: "baseModel", value: "llama-2" }] };
      assert.deepEqual(await read(), { bases: [first, second], evidence });

      await page.getByRole("link", { name: "Edit", exact: true }).click();
      await rows.first().getByRole("button", { name: "Remove row 1" }).click();
      await page.getByLabel("Reason for the change").fill("not the first one");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("link", { name: "Edit", exact: true }).waitFor();
      assert.deepEqual(await read(), { bases: [second], evidence });
    } finally {
      await remove("Model", slug);
      await remove("Model", base);
      await remove("Source", slug);
    }
  },
);

scenario(
  "checkpoints are added, changed and deleted, and what they inherit stays inherited",
  { at: "/" },
  async ({ page, check, shot }) => {
    const slug = `checkpoints-${unique}`;
    await mutate(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
      input: {
        slug,
        name: "Checkpoints",
        contextLength: 4096,
        sizes: [{ label: "7B", parameters: "7B" }],
        checkpoints: [{ repository: `org/${unique}`, size: "7B" }],
      },
    });
    const read = async () =>
      (
        await runQuery(
          `{ model(slug: "${slug}") { checkpoints { nodes { repository variant contextLength stated } } } }`,
        )
      ).model.checkpoints.nodes;
    try {
      await page.goto(`${SERVER_URL}/models/${slug}`);
      await page.getByRole("link", { name: "Edit", exact: true }).click();
      await page.getByRole("button", { name: `Change: org/${unique}` }).click();
      const dialog = page.getByRole("dialog", { name: `Edit org/${unique}` });
      await dialog.getByRole("textbox", { name: "Variant" }).fill("instruct");
      await check();
      await shot("checkpoint");
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.waitFor({ state: "detached" });
      const stated = { repository: `org/${unique}`, size: "7B", variant: "instruct" };
      assert.deepEqual(await read(), [
        { repository: `org/${unique}`, variant: "instruct", contextLength: 4096, stated },
      ]);

      await page.getByRole("button", { name: "+ Add a checkpoint" }).click();
      const added = page.getByRole("dialog", { name: "New checkpoint" });
      await added.getByRole("textbox", { name: "Repository" }).fill(`org/${unique}-base`);
      await added.getByRole("textbox", { name: "Size", exact: true }).fill("9B");
      await added.getByRole("button", { name: "Save" }).click();
      await added.getByText("The model has no size with this label.").waitFor();
      await added.getByRole("textbox", { name: "Size", exact: true }).fill("7B");
      await added.getByRole("button", { name: "Save" }).click();
      await page.getByText(`org/${unique}-base`, { exact: true }).waitFor();
      assert.equal((await read()).length, 2);

      await page.getByRole("button", { name: `Delete org/${unique}-base` }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: `Delete org/${unique}-base` })
        .click();
      await page.getByText(`org/${unique}-base`, { exact: true }).waitFor({ state: "detached" });
      assert.equal((await read()).length, 1);
      await page.locator(".toast", { hasText: "deleted" }).getByRole("button", { name: "Undo" }).click();
      await page.getByText(`org/${unique}-base`, { exact: true }).waitFor();
    } finally {
      await remove("Model", slug);
    }
  },
);

scenario(
  "undoing a creation says that it deletes, and a deletion is undone from its message",
  { at: "/", token: SERVER_ADMIN_TOKEN },
  async ({ page, check }) => {
    const slug = `undo-${unique}`;
    await mutate(`mutation { createModel(input: { slug: "${slug}", name: "Undone model" }) { revision } }`);
    try {
      await page.goto(`${SERVER_URL}/models/${slug}`);
      await page.getByRole("button", { name: /^Undo revision/ }).click();
      const question = page.getByRole("dialog", { name: "Undo the creation of Undone model?" });
      await check();
      await question.getByRole("button", { name: "Cancel" }).click();
      assert.equal((await runQuery(`{ model(slug: "${slug}") { name } }`)).model.name, "Undone model");

      await page.getByRole("link", { name: "Edit", exact: true }).click();
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await page
        .getByRole("dialog", { name: "Delete Undone model?" })
        .getByRole("button", { name: "Delete Undone model" })
        .click();
      await page.waitForURL(/\/$/);
      assert.equal((await runQuery(`{ model(slug: "${slug}") { name } }`)).model, null);
      await page.locator(".toast", { hasText: "Undone model deleted" }).getByRole("button", { name: "Undo" }).click();
      await page.waitForURL(new RegExp(`/models/${slug}$`));
      await page.getByRole("heading", { name: "Undone model" }).waitFor();
    } finally {
      await remove("Model", slug);
    }
  },
);

scenario(
  "an admin's own token is marked and asked for before it is revoked",
  { at: "/tokens", token: SERVER_ADMIN_TOKEN },
  async ({ page, context, check }) => {
    const name = `own-${unique}`;
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Role").selectOption("ADMIN");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    const secret = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(secret, await page.locator("code").textContent());
    await page
      .getByRole("row", { name: new RegExp(name) })
      .getByText("never")
      .first()
      .waitFor();

    await page.evaluate((secret) => sessionStorage.setItem("token", secret), secret);
    await page.evaluate(() => sessionStorage.removeItem("viewer"));
    await page.goto(`${SERVER_URL}/tokens`);
    await page
      .getByRole("row", { name: new RegExp(`${name} this one`) })
      .getByRole("button", { name: `Revoke ${name}` })
      .click();
    const question = page.getByRole("dialog", { name: `Revoke ${name}?` });
    await question.getByText("signs you out at once").waitFor();
    await check();
    await question.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: `Revoke ${name}` }).click();
    await question.getByRole("button", { name: `Revoke ${name}` }).click();
    await page.waitForURL(/\/$/);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem("token")), null);
    void context;
  },
);

scenario("the menu closes with Escape, a click outside and a choice", { at: "/changes" }, async ({ page }) => {
  const menu = page.locator(".tools details.menu");
  const opened = () => menu.evaluate(({ open }) => open);
  await menu.locator("summary").click();
  await page.getByRole("link", { name: "New model" }).focus();
  await page.keyboard.press("Escape");
  assert.equal(await opened(), false);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SUMMARY");
  await menu.locator("summary").click();
  await page.locator("h1").click();
  assert.equal(await opened(), false);
  await menu.locator("summary").click();
  await page.getByRole("link", { name: "New model" }).click();
  await page.waitForURL(/\/new\/model$/);
  assert.equal(await opened(), false);
});

for (const [locale, viewport] of [
  ["en-US", DESKTOP],
  ["zh-CN", PHONE],
]) {
  scenario(`a conflict is settled, in ${locale}`, { at: "/", locale, viewport }, async ({ page, check, shot }) => {
    const slug = `conflict-${unique}-${viewport.width}`;
    await mutate(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
      input: {
        slug,
        name: `Conflict ${viewport.width}`,
        releaseDate: "2023-05-01",
        evidence: [
          statement({ releaseDate: "2023-05-01" }, { quote: "in May", confidence: "REPORTED" }),
          statement({ releaseDate: "2023-07-18" }),
        ],
      },
    });
    const zh = locale === "zh-CN";
    try {
      await page.goto(`${SERVER_URL}/conflicts`);
      const item = page.locator("article", { hasText: `Conflict ${viewport.width}` });
      await item.waitFor();
      await check();
      await fits(page);
      await shot(`conflicts-${locale}`);
      await item.getByRole("button", { name: zh ? "采用：2023-07-18" : "Use this: 2023-07-18" }).click();
      const dialog = page.getByRole("dialog");
      const settle = dialog.getByRole("button", { name: zh ? "解决" : "Settle", exact: true });
      assert.equal(await settle.isDisabled(), true);
      await dialog.getByRole("textbox").fill("The paper says so");
      await settle.click();
      await item.waitFor({ state: "detached" });
      const { model } = await runQuery(
        `{ model(slug: "${slug}") { releaseDate evidence { nodes { value rank } } revisions(last: 1) { nodes { reason } } } }`,
      );
      assert.equal(model.releaseDate, "2023-07-18");
      assert.equal(model.revisions.nodes[0].reason, "The paper says so");
      assert.ok(model.evidence.nodes.some(({ value, rank }) => value === "2023-07-18" && rank === "PREFERRED"));
    } finally {
      await remove("Model", slug);
    }
  });
}

scenario("a busy server keeps the token in the sign-in dialog", { at: "/", token: null }, async ({ page }) => {
  let busy = 2;
  await page.route("**/graphql", (route) => {
    if (!/query Viewer/.test(route.request().postData() ?? "") || busy-- <= 0) return route.continue();
    const errors = [{ message: "An error", extensions: { code: "RATE_LIMITED" } }];
    return route.fulfill({ status: 429, headers: { "retry-after": "3" }, json: { errors } });
  });
  await page.getByRole("button", { name: "Sign in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Token" }).fill(SERVER_TOKEN);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.getByText("Too many requests. Try again in 3 s.").waitFor();
  assert.equal(await dialog.getByRole("textbox", { name: "Token" }).inputValue(), SERVER_TOKEN);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.getByText("Too many requests. Try again in 3 s.").waitFor();
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".tools .menu summary").waitFor();
});

scenario(
  "an import counts its warnings, says what would be, and refuses large files",
  { at: "/import", token: SERVER_ADMIN_TOKEN },
  async ({ page, check }) => {
    const drop = (name, content) =>
      page.locator(".drop input").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
    await drop("large.ndjson", "x".repeat(1_100_000));
    await page.getByText("large.ndjson has 1.1 MB; at most 1 MB").waitFor();
    await drop("models.csv", `slug,name,kind,sizes\nwarned-${unique},Warned,FOUNDATION,seven\n`);
    await page.getByText("1 would be created").waitFor();
    await page.locator(".warning").first().waitFor();
    await page.getByText(/^\d+ warnings?: /).waitFor();
    await check();
    await page.getByRole("button", { name: "中文" }).click();
    await page.locator(".warning", { hasText: "不是 7B、1.4T 这样的数量" }).waitFor();
  },
);

/** A statement of the source of the seed data. */
function statement(values, more = {}) {
  return { values, source: { slug: "awesome-open-foundation-models" }, confidence: "CITED", ...more };
}

/** A test with a page open in a new browser profile, signed in with `token`. */
function scenario(title, { token = SERVER_TOKEN, ...options }, body) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const skip = SERVER_TOKEN && SERVER_ADMIN_TOKEN ? false : "needs tokens";
  openScenario(title, { viewport: DESKTOP, token, skip, refused: true, permissions, ...options }, (opened) =>
    body({ ...opened, sentMutations: () => opened.sentQueries().filter((query) => query.startsWith("mutation")) }),
  );
}

/** The page is not wider than its window. */
async function fits(page) {
  const wide = await overflow(page);
  assert.ok(wide <= 0, `the page is ${wide} pixels wider than the window`);
}

async function send(query, variables) {
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${SERVER_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function runQuery(query) {
  return (await send(query)).data;
}

async function mutate(query, variables) {
  const { errors } = await send(query, variables);
  assert.equal(errors, undefined);
}

/** Deletes a subject if it is there. */
async function remove(type, slug) {
  await send(`mutation { delete${type}(input: { slug: "${slug}" }) { revision } }`);
}
