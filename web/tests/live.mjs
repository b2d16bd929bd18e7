// Tests subscriptions with graphql-ws and graphql-sse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import WebSocket from "ws";
import { GRAPHQL_URL } from "./server.mjs";

const TOKEN = process.env.SERVER_TOKEN;
const REVISIONS =
  "subscription ($after: Int) { revisions(after: $after) { number action subjectSlug subject { id } } }";

const clients = {
  "graphql-ws": () =>
    createWsClient({
      url: GRAPHQL_URL.replace(/^http/, "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${TOKEN}` },
    }),
  "graphql-sse": () => createSseClient({ url: GRAPHQL_URL, headers: { authorization: `Bearer ${TOKEN}` } }),
};

async function execute(query, variables) {
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  return data;
}

async function create(name) {
  const mutation = "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { revision } }";
  return (await execute(mutation, { input: { name } })).createOrganization.revision;
}

/** The first `count` results of a subscription. */
async function take(client, variables, count, onFirst) {
  const results = [];
  const subscription = client.iterate({ query: REVISIONS, variables });
  for await (const { data, errors } of subscription) {
    assert.equal(errors, undefined);
    results.push(data.revisions);
    if (results.length === 1) await onFirst?.();
    if (results.length === count) break;
  }
  return results;
}

for (const [name, connect] of Object.entries(clients)) {
  test(`${name} receives missed revisions, then new ones, in order`, async () => {
    const client = connect();
    const before = (await execute("{ catalog { revision } }")).catalog.revision;
    const missed = [await create(`${name} missed 1`), await create(`${name} missed 2`)];
    const created = [];
    const received = await take(client, { after: before }, 5, async () => {
      for (const number of [1, 2, 3]) created.push(await create(`${name} live ${number}`));
    });
    assert.deepEqual(
      received.map(({ number }) => number),
      [...missed, ...created],
    );
    assert.ok(received.every(({ action, subject }) => action === "CREATED" && subject.id));

    // A new connection continues after the given revision.
    const again = await take(connect(), { after: created[0] }, 2);
    assert.deepEqual(again, received.slice(3));
    client.dispose();
  });

  test(`${name} executes queries and mutations`, async () => {
    const client = connect();
    const once = async (payload) => {
      for await (const result of client.iterate(payload)) return result;
    };
    assert.equal((await once({ query: "{ viewer { role } }" })).data.viewer.role, "EDITOR");
    const query = `mutation { createOrganization(input: { name: "${name} by itself" }) { revision } }`;
    assert.ok((await once({ query })).data.createOrganization.revision > 0);
    client.dispose();
  });
}

test("graphql-ws receives validation errors", async () => {
  const client = clients["graphql-ws"]();
  const failure = await new Promise((resolve, reject) => {
    client.subscribe({ query: "{ modles { nodes { name } } }" }, { next: reject, error: resolve, complete: reject });
  });
  assert.match(failure[0].message, /modles/);
  assert.equal(failure[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
  client.dispose();
});

test("graphql-sse receives validation errors", async () => {
  for await (const { data, errors } of clients["graphql-sse"]().iterate({ query: "{ modles { nodes { name } } }" })) {
    assert.equal(data, undefined);
    assert.equal(errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
  }
});

test("graphql-ws is closed when its token is invalid", async () => {
  const connectionParams = { authorization: "Bearer nobody" };
  const url = GRAPHQL_URL.replace(/^http/, "ws");
  const client = createWsClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });
  const failure = await new Promise((resolve, reject) => {
    client.subscribe({ query: "{ viewer { role } }" }, { next: reject, error: resolve, complete: reject });
  });
  assert.equal(failure.code, 4403);
  assert.match(failure.reason, /No token has that secret/);
});

test("violations of the graphql-ws protocol have their close codes", async () => {
  const closed = async (messages, protocol = "graphql-transport-ws") => {
    const socket = new WebSocket(GRAPHQL_URL.replace(/^http/, "ws"), protocol);
    return new Promise((resolve) => {
      socket.on("open", () => messages.forEach((message) => socket.send(message)));
      socket.on("close", (code) => resolve(code));
      socket.on("error", () => {});
    });
  };
  const init = '{"type":"connection_init"}';
  const subscribe = JSON.stringify({
    type: "subscribe",
    id: "1",
    payload: { query: "subscription { revisions { number } }" },
  });
  assert.equal(await closed(["what?"]), 4400);
  assert.equal(await closed(['{"type":"hello"}']), 4400);
  assert.equal(await closed([subscribe]), 4401);
  assert.equal(await closed([init, subscribe, subscribe]), 4409);
  assert.equal(await closed([init, init]), 4429);
  assert.equal(await closed([]), 4408);
});
