// Tests the playground of a running server with the seed data in headless Chromium.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { SERVER_URL } from "./server.mjs";

const SECRET = "Bearer not-to-be-kept";

let browser;

before(async () => void (browser = await launch()));

after(() => browser?.close());

scenario("the page is served under a strict Content-Security-Policy", async ({ response }) => {
  assert.equal(response.status(), 200);
  const policy = response.headers()["content-security-policy"] ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
});

/** The names of the examples. */
const TABS = ["Newest", "Fits", "Checkpoint", "Licenses", "Conflicts", "Groups"];

scenario("it opens with one example per tab, also after a reload", async ({ page, editor }) => {
  assert.match(await editor("query"), /^# The newest models[^]*query Newest \{/);
  const tabs = page.locator(".graphiql-tab-button");
  assert.deepEqual(await tabs.allTextContents(), TABS);
  await page.waitForFunction(() => localStorage.getItem("graphiql:tabState"));
  await page.reload();
  await page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  assert.deepEqual(await tabs.allTextContents(), TABS);
  assert.match(await editor("query"), /query Newest/);
});

scenario("the run button runs the example", async ({ run, screenshot }) => {
  const result = JSON.parse(await run());
  assert.equal(result.errors, undefined);
  assert.equal(result.data.models.nodes.length, 10);
  await screenshot("result");
});

scenario("every other example runs without an error", async ({ page, run }) => {
  for (const name of TABS.slice(1)) {
    await page.getByRole("tab", { name }).click();
    const result = JSON.parse(await run());
    // The list does not have the repository of the example.
    const expected = name === "Checkpoint" ? ["NOT_FOUND"] : [];
    const codes = (result.errors ?? []).map(({ extensions }) => extensions.code);
    assert.deepEqual(codes, expected, name);
    if (expected.length === 0) assert.notEqual(Object.values(result.data)[0], null, name);
  }
});

scenario("the documentation shows the schema", async ({ page, screenshot }) => {
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.locator(".graphiql-doc-explorer").getByRole("link", { name: "Query", exact: true }).first().click();
  await page.locator(".graphiql-doc-explorer").getByRole("link", { name: "models", exact: true }).waitFor();
  await screenshot("documentation");
});

scenario("dialogs and the search box do not violate the policy", async ({ page, screenshot }) => {
  await page.getByRole("button", { name: "Open settings dialog" }).click();
  await page.getByRole("dialog").waitFor();
  await screenshot("settings");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  for (const keys of ["Control+f", "Alt+g"]) {
    await page.locator(".graphiql-query-editor .CodeMirror-lines").click();
    await page.keyboard.press(keys);
    await page.locator(".graphiql-query-editor .CodeMirror-dialog input").waitFor();
    await page.keyboard.press("Escape");
  }
});

scenario("an unknown field is an error with a code", { refused: true }, async ({ editor, run, screenshot }) => {
  await editor("query", "query Typo { models { nodes { nam } } }");
  const result = JSON.parse(await run());
  assert.match(result.errors[0].message, /nam/);
  assert.match(result.errors[0].extensions.code, /^[A-Z][A-Z_]+$/);
  await screenshot("error");
});

scenario(
  "a link sets the query and the variables",
  {
    search: {
      query: "query Linked($n: Int) { models(first: $n) { totalCount nodes { name } } }",
      variables: '{ "n": 1 }',
    },
  },
  async ({ page, editor, run }) => {
    assert.match(await editor("query"), /^query Linked/);
    assert.equal(await page.locator(".graphiql-tab-button").first().textContent(), "Linked");
    assert.equal(JSON.parse(await run()).data.models.nodes.length, 1);
  },
);

scenario("a header is sent and not stored in the browser", async ({ page, editor, run }) => {
  await page.getByRole("button", { name: "Headers", exact: true }).click();
  await editor("headers", JSON.stringify({ Authorization: SECRET }));
  // The test responds itself, because the server would reject this token.
  const sent = [];
  await page.route("**/graphql", async (route) => {
    sent.push(route.request().headers().authorization);
    await route.fulfill({ json: { data: { models: null } } });
  });
  await run();
  assert.deepEqual(sent, [SECRET]);
  await page.waitForFunction(() => localStorage.getItem("graphiql:queries"));
  // GraphiQL stores its tabs half a second after a change.
  await page.waitForTimeout(1000);
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /not-to-be-kept/);
});

scenario("a response without JSON and a failed request show a message", { refused: true }, async ({ page, run }) => {
  await page.route("**/graphql", (route) =>
    route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }),
  );
  assert.match(JSON.parse(await run()).errors[0].message, /502.*Bad gateway/);
  await page.unroute("**/graphql");
  await page.route("**/graphql", (route) => route.abort("connectionrefused"));
  assert.match(JSON.parse(await run()).errors[0].message, /The request to \/graphql failed/);
});

scenario("a subscription shows its events", async ({ page, editor, run }) => {
  await editor("query", "subscription Live { revisions { number } }");
  await page.route("**/graphql", (route) => {
    assert.match(route.request().headers().accept, /^text\/event-stream/);
    const events = [1, 2].map(
      (number) => `event: next\r\ndata: ${JSON.stringify({ data: { revisions: { number } } })}\r\n\r\n`,
    );
    return route.fulfill({
      contentType: "text/event-stream",
      body: `:\r\n\r\n${events.join("")}event: complete\r\ndata:\r\n\r\n`,
    });
  });
  assert.equal(JSON.parse(await run()).data.revisions.number, 2);
});

/**
 * A test with the playground open in a new browser profile. Console errors and requests to other origins fail it.
 * `refused`: HTTP errors are expected; `search`: the query of the address.
 */
function scenario(name, ...rest) {
  const body = rest.pop();
  const { refused = false, search = {} } = rest.pop() ?? {};
  test(name, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    try {
      const problems = [];
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
      page.on("console", (message) => {
        const expected =
          refused &&
          message.location().url.endsWith("/graphql") &&
          message.text().startsWith("Failed to load resource");
        if (["error", "warning"].includes(message.type()) && !expected) problems.push(`console: ${message.text()}`);
      });
      context.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        if (origin !== SERVER_URL && protocol !== "data:") problems.push(`request to ${request.url()}`);
      });

      const response = await page.goto(`${SERVER_URL}/playground?${new URLSearchParams(search)}`);
      await page.locator(".graphiql-query-editor .CodeMirror").waitFor();
      await body({ page, response, ...tools(page) });
      assert.deepEqual(problems, []);
    } finally {
      await context.close();
    }
  });
}

const EDITORS = {
  query: ".graphiql-query-editor .CodeMirror",
  headers: ".graphiql-editor-tool[aria-label=Headers] .graphiql-editor:not(.hidden) .CodeMirror",
  result: ".result-window .CodeMirror",
};

function tools(page) {
  /** The whole text of an editor, after setting it if a text is given. The document has only its visible lines. */
  const editor = (name, text) =>
    page.locator(EDITORS[name]).evaluate(({ CodeMirror }, text) => {
      if (text !== undefined) CodeMirror.setValue(text);
      return CodeMirror.getValue();
    }, text);
  return {
    editor,
    /** Presses the run button and waits for the complete result. */
    run: async () => {
      await editor("result", "");
      // The editor reports a change after 100 ms.
      await page.waitForTimeout(300);
      await page.locator(".graphiql-execute-button").click();
      const selector = EDITORS.result;
      await page.waitForFunction(
        (selector) => document.querySelector(selector)?.CodeMirror.getValue().trimEnd().endsWith("}"),
        selector,
      );
      return editor("result");
    },
    screenshot: async (name) => {
      const folder = process.env.SCREENSHOT_DIR;
      if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
    },
  };
}
