// Tests what readers without a token suggest on the pages of a server with PROPOSALS=open and PERSISTED_DOCUMENTS_ONLY=on, in headless
// Chromium. Needs an editor token in SERVER_TOKEN and an admin token in SERVER_ADMIN_TOKEN. What a test creates, it deletes.
import assert from "node:assert/strict";
import { LANGUAGES, overflow, scenario, SCREENS } from "./scenario.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const { SERVER_TOKEN, SERVER_ADMIN_TOKEN } = process.env;
const unique = `${process.pid}-${Date.now() % 100000}`;

const WORDS = {
  en: {
    correct: "Suggest a correction",
    new: "Suggest a new entry",
    date: "Released",
    source: "Find: Source",
    create: "Create",
    kind: "Type",
    title: "Title",
    add: "Add to the suggestion",
    known: "How it is known",
    keep: "Keep this evidence",
    done: "Done",
    reason: "Reason for the change",
    send: "Send the suggestion",
    sent: "Thank you. An editor will read your suggestion.",
    undo: "Undo",
    undone: "Undone",
    name: "Name",
    delete: "Suggest deletion",
    created: "A new entry",
    deleted: "Deletes the entry",
    checkpoint: "Add a checkpoint",
    repository: "Repository",
    remove: "Delete",
  },
  zh: {
    correct: "建议更正",
    new: "建议新条目",
    date: "发布时间",
    source: "查找：来源",
    create: "创建",
    kind: "类型",
    title: "标题",
    add: "加入建议",
    known: "依据类型",
    keep: "保留此依据",
    done: "完成",
    reason: "修改理由",
    send: "提交建议",
    sent: "谢谢。编辑者会审阅您的建议。",
    undo: "撤销",
    undone: "已撤销",
    name: "名称",
    delete: "建议删除",
    created: "新条目",
    deleted: "删除条目",
    checkpoint: "添加检查点",
    repository: "仓库",
    remove: "删除",
  },
};

for (const [language, words] of Object.entries(WORDS)) {
  const viewport = language === "zh" ? SCREENS.phone : SCREENS.desktop;
  const options = { at: "/changes", locale: LANGUAGES[language], viewport };

  scenario(
    `a fact is corrected with a new source from its mark, in ${language}`,
    options,
    async ({ page, check, shot }) => {
      const slug = `marked-${unique}-${language}`;
      const card = `Card ${unique} ${language}`;
      await send(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
        input: { slug, name: slug, releaseDate: "2023-05", sizes: [{ label: "1B", parameters: "1B" }] },
      });
      try {
        await page.goto(`${SERVER_URL}/models/${slug}`);
        const mark = page.getByRole("link", { name: new RegExp(`^${words.correct}.+${words.date}$`) });
        await mark.waitFor();
        assert.equal(await page.getByRole("link", { name: new RegExp(`^${words.correct}.+1B$`) }).count(), 1);
        await check();
        assert.ok((await overflow(page)) <= 0);
        await shot(`marks-${language}`);
        await mark.focus();
        await page.keyboard.press("Enter");
        const input = page.locator('[data-field="releaseDate"] input');
        await page.waitForFunction(() => document.activeElement?.closest('[data-field="releaseDate"]'));
        assert.equal(await input.inputValue(), "2023-05");
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.type("2023-07-18");

        // The next stop is the evidence, whose source the catalog does not have.
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        const dialog = page.getByRole("dialog").first();
        const find = dialog.getByRole("combobox", { name: words.source });
        await find.fill(`https://example.org/${slug}`);
        await page.getByRole("option", { name: words.create }).waitFor();
        await find.press("Enter");
        const created = page.getByRole("dialog").filter({ hasText: words.add }).last();
        await created.getByLabel(words.title).fill(card);
        await created.getByLabel(words.kind).selectOption("MODEL_CARD");
        await check();
        await created.getByRole("button", { name: words.add }).click();
        await dialog.getByText(card).waitFor();
        await dialog.getByLabel(words.known).selectOption("REPORTED");
        await dialog.getByRole("button", { name: words.keep }).click();
        await dialog.getByRole("button", { name: words.done }).click();

        // A fact of a size rests on the same source, which the suggestion creates once.
        await page.locator('[data-field="sizes.0.trainingTokens"] input').fill("2T");
        await page.locator('[data-field="sizes.0.trainingTokens"] .cite button').click();
        await dialog.getByText(card).waitFor();
        await dialog.getByLabel(words.known).selectOption("REPORTED");
        await dialog.getByRole("button", { name: words.keep }).click();
        await dialog.getByRole("button", { name: words.done }).click();
        await page.getByLabel(words.reason).fill("The card has both");
        assert.ok((await overflow(page)) <= 0);
        await page.getByRole("button", { name: words.send }).click();
        await page.locator(".toast", { hasText: words.sent }).waitFor();

        const proposal = await proposalOf(slug);
        assert.deepEqual(
          proposal.evidence.map(({ part, field, value, source }) => [part, field, value, source]),
          [
            ["", "releaseDate", "2023-07-18", slugOf(card)],
            ["1B", "trainingTokens", "2T", slugOf(card)],
          ],
        );
        await send(
          `mutation ($input: AcceptProposalInput!) { acceptProposal(input: $input) { proposal { status } } }`,
          {
            input: { id: proposal.id },
          },
        );
        const { model } = await send(
          `{ model(slug: "${slug}") { releaseDate sizes { trainingTokens } evidence { nodes { source { title url } } } } }`,
        );
        assert.deepEqual(model, {
          releaseDate: "2023-07-18",
          sizes: [{ trainingTokens: 2e12 }],
          evidence: { nodes: [{ source: { title: card, url: `https://example.org/${slug}` } }] },
        });
      } finally {
        await send(`mutation { deleteModel(input: { slug: "${slug}" }) { revision } }`);
        await query(`mutation { deleteSource(input: { slug: "${slugOf(card)}" }) { revision } }`);
      }
    },
  );

  scenario(`a new entry and a deletion are suggested, in ${language}`, options, async ({ page, check, shot }) => {
    const slug = `wished-${unique}-${language}`;
    await page.goto(`${SERVER_URL}/`);
    await page.getByRole("link", { name: words.new }).click();
    await page.getByLabel(words.name, { exact: true }).fill(slug);
    await page.getByLabel(words.reason).fill("It is missing");
    await check();
    assert.ok((await overflow(page)) <= 0);
    await page.getByRole("button", { name: words.send }).click();
    await page.locator(".toast", { hasText: words.sent }).waitFor();
    const creation = await proposalOf(slug);
    await decide(page, creation, words.created);
    await shot(`created-${language}`);
    await page.keyboard.press("a");
    await page.locator(".toast", { hasText: slug }).waitFor();
    assert.equal((await send(`{ model(slug: "${slug}") { name } }`)).model.name, slug);

    await signOut(page);
    await page.goto(`${SERVER_URL}/models/${slug}`);
    await page.getByRole("link", { name: words.correct, exact: true }).click();
    await page.getByRole("button", { name: words.delete }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.reason).fill("There is no such model");
    await check();
    await dialog.getByRole("button", { name: words.delete }).click();
    await page.locator(".toast", { hasText: words.sent }).waitFor();
    await decide(page, await proposalOf(slug), words.deleted);
    await check();
    await page.keyboard.press("a");
    await page.locator(".toast", { hasText: slug }).waitFor();
    const { data } = await query(`{ model(slug: "${slug}") { name } }`);
    assert.equal(data.model, null);
  });

  scenario(`checkpoints are suggested and their deletion, in ${language}`, options, async ({ page, check }) => {
    const slug = `weights-${unique}-${language}`;
    await send(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
      input: { slug, name: slug, checkpoints: [{ repository: `org/old-${slug}` }] },
    });
    const repositories = async () =>
      (await send(`{ model(slug: "${slug}") { checkpoints { nodes { repository } } } }`)).model.checkpoints.nodes.map(
        ({ repository }) => repository,
      );
    const accept = async () => {
      const { id } = await proposalOf(slug);
      await send(`mutation ($input: AcceptProposalInput!) { acceptProposal(input: $input) { proposal { status } } }`, {
        input: { id },
      });
    };
    try {
      await page.goto(`${SERVER_URL}/models/${slug}/edit`);
      await page.getByRole("button", { name: words.checkpoint }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: words.repository }).fill(`org/new-${slug}`);
      const button = dialog.getByRole("button", { name: words.send });
      assert.ok(await button.isDisabled(), "a reason is required");
      await dialog.getByLabel(words.reason).fill("The maker published it");
      await check();
      await button.click();
      await page.locator(".toast", { hasText: words.sent }).waitFor();
      assert.deepEqual(await repositories(), [`org/old-${slug}`]);
      await accept();
      assert.deepEqual(await repositories(), [`org/new-${slug}`, `org/old-${slug}`]);

      await page.goto(`${SERVER_URL}/models/${slug}/edit`);
      await page.getByRole("button", { name: new RegExp(`${words.remove}.*org/old`) }).click();
      await dialog.getByLabel(words.reason).fill("It is gone");
      await check();
      await dialog.getByRole("button", { name: words.delete }).click();
      await page.locator(".toast", { hasText: words.sent }).waitFor();
      await accept();
      assert.deepEqual(await repositories(), [`org/new-${slug}`]);
    } finally {
      await send(`mutation { deleteModel(input: { slug: "${slug}" }) { revision } }`);
    }
  });

  scenario(`a suggestion is withdrawn by its proposer, in ${language}`, options, async ({ page }) => {
    const slug = `withdrawn-${unique}-${language}`;
    await page.goto(`${SERVER_URL}/new/dataset`);
    await page.getByLabel(words.name, { exact: true }).fill(slug);
    await page.getByLabel(words.reason).fill("It is missing");
    await page.getByRole("button", { name: words.send }).click();
    await page.locator(".toast", { hasText: words.sent }).getByRole("button", { name: words.undo }).click();
    await page.locator(".toast", { hasText: words.undone }).waitFor();
    assert.equal(await proposalOf(slug), undefined);
  });
}

/** Opens a proposal as an editor, at its address in feeds. */
async function decide(page, { id }, text) {
  await page.evaluate((secret) => {
    sessionStorage.setItem("token", secret);
    sessionStorage.setItem("viewer", JSON.stringify({ name: "editor", role: "EDITOR" }));
  }, SERVER_TOKEN);
  await page.goto(`${SERVER_URL}/proposals#${id}`);
  await page.locator("article.proposal", { hasText: text }).waitFor();
}

async function signOut(page) {
  await page.evaluate(() => sessionStorage.clear());
}

/** The open proposal that is about a subject, if there is one. */
async function proposalOf(slug) {
  const { proposals } = await send(
    `{ proposals(status: OPEN, last: 100) { nodes { id changes { subjectSlug } evidence { part field value source } } } }`,
  );
  return proposals.nodes.find(({ changes }) => changes.some(({ subjectSlug }) => subjectSlug === slug));
}

/** The slug of a source with a title in English. */
function slugOf(title) {
  return title.toLowerCase().replaceAll(" ", "-");
}

async function send(document, variables) {
  const { data, errors } = await query(document, variables);
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

async function query(document, variables) {
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${SERVER_ADMIN_TOKEN}` },
    body: JSON.stringify({ query: document, variables }),
  });
  return response.json();
}
