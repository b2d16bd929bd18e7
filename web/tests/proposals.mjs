// Tests suggestions on the pages of a running server with the seed data, in headless Chromium: a contributor suggests a
// correction, and an editor decides by keyboard. Needs an editor token in SERVER_TOKEN and an admin token in SERVER_ADMIN_TOKEN.
// What a test creates, it deletes.
import assert from "node:assert/strict";
import { overflow, scenario } from "./scenario.mjs";
import { GRAPHQL_URL, SERVER_URL } from "./server.mjs";

const { SERVER_TOKEN, SERVER_ADMIN_TOKEN } = process.env;
const unique = `${process.pid}-${Date.now() % 100000}`;
const skip = SERVER_TOKEN && SERVER_ADMIN_TOKEN ? false : "needs tokens";

const WORDS = {
  "en-US": {
    suggest: "Suggest a correction",
    date: "Released",
    reason: "Reason for the change",
    contact: "Your name or address",
    send: "Send the suggestion",
    sent: "Thank you. An editor will read your suggestion.",
    accepted: "Suggestion accepted",
    rejected: "Suggestion rejected",
    reject: "Reject",
    by: "suggested by",
    none: "No open suggestions.",
  },
  "zh-CN": {
    suggest: "建议更正",
    date: "发布时间",
    reason: "修改理由",
    contact: "您的姓名或联系方式",
    send: "提交建议",
    sent: "谢谢。编辑者会审阅您的建议。",
    accepted: "已采纳建议",
    rejected: "已拒绝建议",
    reject: "拒绝",
    by: "建议",
    none: "没有待处理的建议。",
  },
};

for (const [locale, words] of Object.entries(WORDS)) {
  const viewport = locale === "zh-CN" ? { width: 390, height: 844 } : { width: 1280, height: 900 };
  scenario(
    `a suggestion is made, accepted by keyboard and shown in the history, in ${locale}`,
    { at: "/changes", locale, viewport, skip, refused: true },
    async ({ page, check, shot }) => {
      const slug = `suggested-${unique}-${viewport.width}`;
      const [first, second] = [`${slug}-a`, `${slug}-b`];
      // A long name would not fit beside the others in the header of a phone.
      const proposer = `c${process.pid}-${viewport.width}`;
      const contributor = await token(proposer);
      for (const each of [first, second])
        await send(`mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }`, {
          input: { slug: each, name: each, releaseDate: "2023-05" },
        });
      try {
        for (const [each, date] of [
          [first, "2023-07-18"],
          [second, "2024-01-01"],
        ]) {
          await signIn(page, contributor, "CONTRIBUTOR");
          await page.goto(`${SERVER_URL}/models/${each}`);
          await page.getByRole("link", { name: words.suggest, exact: true }).click();
          await page.locator('[data-field="releaseDate"] input').fill(date);
          const button = page.getByRole("button", { name: words.send });
          assert.equal(await button.isDisabled(), true, "a reason is required");
          await page.getByLabel(words.reason).fill("The card has this date");
          await page.getByLabel(words.contact).fill("me@example.org");
          await check();
          assert.ok((await overflow(page)) <= 0);
          await button.click();
          await page.locator(".toast", { hasText: words.sent }).waitFor();
        }
        assert.equal((await send(`{ model(slug: "${first}") { releaseDate } }`)).model.releaseDate, "2023-05");

        await signIn(page, SERVER_TOKEN, "EDITOR");
        await page.goto(`${SERVER_URL}/proposals`);
        const card = (name) => page.locator("article.proposal", { hasText: name });
        // Other tests may have left suggestions before these.
        await page.locator("article.proposal").waitFor();
        for (let steps = 0; steps < 20 && (await card(first).count()) === 0; steps++) await page.keyboard.press("j");
        await card(first).locator("del", { hasText: "2023-05" }).waitFor();
        await card(first).locator("ins", { hasText: "2023-07-18" }).waitFor();
        await card(first).getByText("me@example.org").waitFor();
        await check();
        assert.ok((await overflow(page)) <= 0);
        await shot(`proposals-${locale}`);
        await page.keyboard.press("j");
        await card(second).waitFor();
        await page.keyboard.press("k");
        await card(first).waitFor();
        await page.keyboard.press("a");
        await page.locator(".toast", { hasText: words.accepted }).waitFor();
        await card(second).waitFor();
        await page.keyboard.press("r");
        const dialog = page.getByRole("dialog");
        // Letters in an input decide on nothing.
        await dialog.getByRole("textbox").pressSequentially("a jar");
        await dialog.getByRole("button", { name: words.reject, exact: true }).click();
        await page.locator(".toast", { hasText: words.rejected }).waitFor();
        await card(second).waitFor({ state: "detached" });

        const data = await send(`{
          a: model(slug: "${first}") { releaseDate revisions(last: 1) { nodes { actor proposer reason } } }
          b: model(slug: "${second}") { releaseDate }
        }`);
        assert.deepEqual([data.a.releaseDate, data.b.releaseDate], ["2023-07-18", "2023-05"]);
        const [revision] = data.a.revisions.nodes;
        assert.deepEqual([revision.proposer, revision.reason], [proposer, "The card has this date"]);
        await page.goto(`${SERVER_URL}/models/${first}`);
        await page.locator(".revision", { hasText: words.by }).first().waitFor({ state: "attached" });
      } finally {
        for (const each of [first, second])
          await send(`mutation { deleteModel(input: { slug: "${each}" }) { revision } }`);
        await send(`mutation { revokeApiToken(input: { name: "${proposer}" }) { token { name } } }`);
      }
    },
  );
}

/** The secret of a new token with the role CONTRIBUTOR. */
async function token(name) {
  const query = `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret } }`;
  return (await send(query, { input: { name, role: "CONTRIBUTOR" } })).createApiToken.secret;
}

/** Signs in with a token, as the next page that is loaded reads it. */
async function signIn(page, secret, role) {
  await page.evaluate(
    ([secret, role]) => {
      sessionStorage.setItem("token", secret);
      sessionStorage.setItem("viewer", JSON.stringify({ name: role.toLowerCase(), role }));
    },
    [secret, role],
  );
}

async function send(query, variables) {
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${SERVER_ADMIN_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}
