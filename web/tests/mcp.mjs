// Tests the tools for agents of a running server with the data set `list`, by the client of the official SDK and by the
// inspector.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { SERVER_URL } from "./server.mjs";

const client = new Client({ name: "test", version: "1.0.0" });
/** Errors that the transport reports outside of requests, such as a response of an unknown status. */
const errors = [];

before(async () => {
  client.onerror = (error) => errors.push(error);
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", SERVER_URL)));
});

after(() => client.close());

/** Calls a tool and returns its result. */
async function call(name, args) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  assert.equal(content.length, 1);
  assert.equal(content[0].type, "text");
  assert.ok(!isError, `${name}: ${content[0].text}`);
  return JSON.parse(content[0].text);
}

test("the client connects without a session", async () => {
  assert.equal(client.getServerVersion().name, "open-llm-catalog");
  assert.deepEqual(client.getServerCapabilities(), { tools: {} });
  assert.match(client.getInstructions(), /do not guess/);
  assert.equal(client.transport.sessionId, undefined);
  await client.ping();
});

test("at most six tools are listed, in at most 8,000 characters", async () => {
  const { tools, nextCursor } = await client.listTools();
  assert.equal(nextCursor, undefined);
  assert.ok(tools.length <= 6, `${tools.length} tools`);
  const length = JSON.stringify(tools).length;
  assert.ok(length <= 8000, `${length} characters`);
  for (const { name, annotations } of tools) assert.equal(annotations.readOnlyHint, true, name);
});

const find = (args) => ["find_models", args];
const get = (model) => ["get_model", { model, evidence: false }];
const names = ({ models }) => models.nodes.map(({ name }) => name).sort();
const verdicts = ({ model }) => [...new Set(model.sizes.map(({ use }) => use.verdict))];

/** Questions with their calls, the place of the answer in the result of the last one, and the answer according to the list. */
const QUESTIONS = [
  { asks: "How many models are there?", calls: [find({})], read: ({ models }) => models.totalCount, answer: 31 },
  {
    asks: "Which is the largest?",
    calls: [find({ order: "largest", limit: 1 })],
    read: names,
    answer: ["Falcon"],
  },
  {
    asks: "What was the largest trained with?",
    calls: [find({ order: "largest", limit: 1 }), ({ models }) => get(models.nodes[0].slug)],
    read: ({ model }) => model.datasets.map(({ name }) => name),
    answer: ["RefinedWeb"],
  },
  {
    asks: "Which models have a size of more than 100B?",
    calls: [find({ min_parameters: "100B" })],
    read: names,
    answer: ["BLOOM", "Falcon", "GALACTICA", "OPT"],
  },
  {
    asks: "How many have one of at most 3B?",
    calls: [find({ max_parameters: "3B" })],
    read: ({ models }) => models.totalCount,
    answer: 6,
  },
  {
    asks: "Which were trained on 3T tokens or more?",
    calls: [find({ min_training_tokens: "3T" })],
    read: names,
    answer: ["Qwen", "Skywork"],
  },
  { asks: "Which did Meta make?", calls: [find({ maker: "Meta" })], read: names, answer: ["LLaMA"] },
  {
    asks: "Which may not be used commercially?",
    calls: [find({ commercial_use: "PROHIBITED" })],
    read: names,
    answer: ["LLaMA"],
  },
  {
    asks: "Which are under the license of Llama 2?",
    calls: [find({ license: "llama-2-community-license" })],
    read: names,
    answer: ["LLaMA-2"],
  },
  {
    asks: "What is 通义千问 called in English?",
    calls: [find({ search: "通义千问" })],
    read: names,
    answer: ["Qwen"],
  },
  {
    asks: "Who made Prithvi?",
    calls: [get("Prithvi")],
    read: ({ model }) => model.organizations.map(({ name }) => name),
    answer: ["IBM", "NASA"],
  },
  {
    asks: "In which sizes is there OPT?",
    calls: [get("OPT")],
    read: ({ model }) => model.sizes.map(({ label }) => label),
    answer: ["6.7B", "13B", "30B", "66B", "175B"],
  },
  {
    asks: "How many tokens did Qwen-14B see?",
    calls: [get("千问")],
    read: ({ model }) => model.sizes.find(({ label }) => label === "14B").trainingTokens,
    answer: 3_000_000_000_000,
  },
  {
    asks: "Where does the list say so?",
    calls: [["get_model", { model: "qwen" }]],
    read: ({ model }) => {
      const { evidence } = model.sizes.find(({ label }) => label === "14B");
      const { quote, source } = evidence.find(({ field }) => field === "trainingTokens");
      return [quote, source.url];
    },
    answer: ["2.4T,3.0T", "https://github.com/wgwang/awesome-open-foundation-models"],
  },
  {
    asks: "May a product with 800 million users use Llama 2?",
    calls: [["license_terms", { model: "LLaMA-2", monthly_users: 800_000_000 }]],
    read: verdicts,
    answer: ["AUTHORIZATION_REQUIRED"],
  },
  {
    asks: "May one with 1,000 users?",
    calls: [["license_terms", { model: "LLaMA-2", monthly_users: 1000, trains_on_outputs: false }]],
    read: verdicts,
    answer: ["ALLOWED"],
  },
  {
    asks: "From how many users on does Llama 2 need permission?",
    calls: [get("llama-2"), ({ model }) => ["license_terms", { license: model.license.slug }]],
    read: ({ license }) =>
      license.terms.find(({ effect }) => effect === "AUTHORIZATION_REQUIRED").when.monthlyUsersOver,
    answer: 700_000_000,
  },
  {
    asks: "Which was trained on more tokens, XVERSE or XGen?",
    calls: [["compare_models", { models: ["XVERSE", "XGen"] }]],
    read: ({ models }) => models.toSorted((a, b) => b.sizes[0].trainingTokens - a.sizes[0].trainingTokens)[0].name,
    answer: "XGen",
  },
  {
    // The list has no dimensions of layers, so the cache of each size is unknown.
    asks: "Of how many sizes is it known that they fit 24 GiB?",
    calls: [["what_fits", { memory_gib: 24 }]],
    read: ({ sizes }) => sizes.totalCount,
    answer: 0,
  },
  {
    asks: "When did the facts about Falcon come into the catalog?",
    calls: [["what_changed", { slug: "falcon" }]],
    read: ({ revisions }) => revisions.nodes.map(({ action, subjectSlug }) => [action, subjectSlug]),
    answer: [["CREATED", "falcon"]],
  },
];

test("twenty questions are answered by all tools, each by at most two calls", async (context) => {
  assert.equal(QUESTIONS.length, 20);
  const called = new Set();
  for (const { asks, calls, read, answer } of QUESTIONS)
    await context.test(asks, async () => {
      assert.ok(calls.length <= 2);
      let result;
      for (const each of calls) {
        const [name, args] = typeof each === "function" ? each(result) : each;
        called.add(name);
        result = await call(name, args);
      }
      assert.deepEqual(read(result), answer, JSON.stringify(result));
    });
  const { tools } = await client.listTools();
  assert.deepEqual([...called].sort(), tools.map(({ name }) => name).sort());
});

test("a mistake is a result that the model can read", async () => {
  const wrong = await client.callTool({ name: "get_model", arguments: { model: "no such model" } });
  assert.equal(wrong.isError, true);
  assert.match(wrong.content[0].text, /No model is called/);
});

test("the transport reports no error", async () => {
  await client.transport.terminateSession();
  assert.deepEqual(errors, []);
});

const INSPECTOR = createRequire(import.meta.url).resolve("@modelcontextprotocol/inspector-cli");

/** Runs the inspector, which reads the types of arguments from the description of a tool. */
async function inspect(...options) {
  const address = new URL("/mcp", SERVER_URL).href;
  const command = [INSPECTOR, "--cli", address, "--transport", "http", "--method", ...options];
  const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: 60_000 });
  return JSON.parse(stdout);
}

test("the inspector lists and calls each tool", async () => {
  const { tools } = await inspect("tools/list");
  const calls = {
    find_models: ["search=llama", "limit=2"],
    get_model: ["model=llama-2", "evidence=false"],
    what_fits: ["memory_gib=24", "limit=2"],
    license_terms: ["model=llama-2"],
    compare_models: ['models=["llama-2","falcon"]'],
    what_changed: ["limit=2"],
  };
  assert.deepEqual(tools.map(({ name }) => name).sort(), Object.keys(calls).sort());
  for (const [name, values] of Object.entries(calls)) {
    const { content, isError } = await inspect("tools/call", "--tool-name", name, "--tool-arg", ...values);
    assert.ok(!isError, `${name}: ${content[0].text}`);
    assert.equal(typeof JSON.parse(content[0].text), "object", name);
  }
});
