// Tests that a server with FEDERATION=on is a subgraph: its SDL composes with that of another one, by the library of Apollo.
import assert from "node:assert/strict";
import { test } from "node:test";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { GRAPHQL_URL } from "./server.mjs";

/** A subgraph that adds fields to subjects, and has pages of its own. */
const REVIEWS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
  type Query {
    reviews(first: Int): ReviewConnection!
  }
  type Model @key(fields: "slug") {
    slug: String!
    reviews: [Review!]!
  }
  type Source @key(fields: "slug", resolvable: false) {
    slug: String!
  }
  type Review {
    stars: Int!
    about: Model!
    source: Source
  }
  type ReviewConnection {
    nodes: [Review!]!
    pageInfo: PageInfo!
  }
  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
`;

/** The SDL of the server as routers read it. */
async function sdl() {
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${process.env.SERVER_TOKEN}` },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data._service.sdl;
}

/** Composes the catalog with another subgraph. */
async function compose(other) {
  const catalog = { name: "catalog", url: GRAPHQL_URL, typeDefs: parse(await sdl()) };
  return composeServices([catalog, { name: "reviews", url: "http://reviews.example/", typeDefs: parse(other) }]);
}

test("the catalog composes with another subgraph", async () => {
  const { errors, hints, schema, supergraphSdl } = await compose(REVIEWS);
  assert.deepEqual(errors?.map(String), undefined);
  const names = schema
    .toAPISchema()
    .type("Model")
    .fields()
    .map(({ name }) => name);
  assert.ok(names.includes("sizes") && names.includes("reviews"), names.join(", "));
  const joined = /type Model [^{]*/.exec(supergraphSdl)?.[0] ?? "";
  for (const graph of ["CATALOG", "REVIEWS"])
    assert.match(joined, new RegExp(`@join__type\\(graph: ${graph}, key: "slug"\\)`));
  // What is inconsistent between the subgraphs is a hint.
  const inconsistent = hints.filter(({ definition }) => definition.code.startsWith("INCONSISTENT_BUT"));
  assert.deepEqual(inconsistent.map(String), []);
});

test("a field that both subgraphs resolve is refused", async () => {
  const { errors } = await compose(REVIEWS.replace("reviews: [Review!]!\n  }", "name: String!\n  }"));
  assert.ok(
    errors?.some(({ extensions }) => extensions.code === "INVALID_FIELD_SHARING"),
    errors?.join("\n"),
  );
});
