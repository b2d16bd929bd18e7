// Tests that a new fact and a new subject type of the schema need nothing in the pages but their texts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const web = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
let folder;
let copy;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "facts-"));
  copy = path.join(folder, "web");
  await cp(path.join(web, "../schema.graphql"), path.join(folder, "schema.graphql"));
  for (const name of ["src", "facts.mjs", "package.json", "tsconfig.json"]) {
    await cp(path.join(web, name), path.join(copy, name), { recursive: true });
  }
  await symlink(path.join(web, "node_modules"), path.join(copy, "node_modules"));
});

after(() => rm(folder, { recursive: true, force: true }));

test("a fact without labels fails the build", async () => {
  await change("schema.graphql", (schema) => {
    for (const type of ["type ModelSize implements Node", "input ModelSizeInput", "input UpdateModelSizeInput"]) {
      schema = addFields(schema, type, "sampleLength: Count", "sampleKind: SampleKind");
    }
    return `${schema}\nenum SampleKind {\n\tMHA\n\tGQA\n}\n`;
  });
  const { status, stderr } = run("npm", "run", "types");
  assert.notEqual(status, 0);
  for (const language of ["en", "zh"]) {
    for (const name of ["sampleLength", "sampleKind"]) {
      assert.match(stderr, new RegExp(`texts/${language}.json has no "fact.ModelSize.${name}"`));
    }
    assert.match(stderr, new RegExp(`texts/${language}.json has no "SampleKind.MHA"`));
  }
});

test("a fact with labels is in the tables, the fragments and the forms", async () => {
  await addTexts({
    "fact.ModelSize.sampleLength": "Context length",
    "fact.ModelSize.sampleKind": "Attention",
    "SampleKind.MHA": "Multi-head",
    "SampleKind.GQA": "Grouped-query",
  });
  assertSucceeds(run("npm", "run", "check"));
  const facts = await read("web/src/app/facts.gen.ts");
  assert.match(facts, /\{ name: "sampleLength", label: "fact.ModelSize.sampleLength", .*kind: "amount" \}/);
  assert.match(facts, /\{ name: "sampleKind", .*kind: "choice", of: "SampleKind", values: ENUMS.SampleKind \}/);
  assert.match(facts, /fragment ModelSizeFacts on ModelSize \{[^}]*sampleLength\s+sampleKind/);
});

test("a subject type needs its labels and nothing else", async () => {
  await change("schema.graphql", (schema) => {
    const architecture = /type Architecture implements Node \{[^]*?\n\}\n/.exec(schema)[0];
    const connection = /type ArchitectureConnection \{[^]*?\n\}\n[^]*?type ArchitectureEdge \{[^]*?\n\}\n/.exec(
      schema,
    )[0];
    const inputs = [
      ...schema.matchAll(/^(?:input|type) (?:Create|Update)Architecture(?:Input|Payload) \{[^]*?\n\}\n/gm),
    ];
    const copied = [architecture, connection, ...inputs.map(([text]) => text)].join("\n");
    const tool = copied.replaceAll("Architecture", "Tool").replaceAll(/\barchitecture: Tool/g, "tool: Tool");
    schema = addFields(schema, "enum SubjectType", "TOOL");
    schema = addFields(
      schema,
      "type Query",
      "tool(slug: String!): Tool",
      "tools(first: Int, after: String, search: String, orderBy: [ArchitectureOrder!]): ToolConnection!",
    );
    schema = addFields(
      schema,
      "type Mutation",
      "createTool(input: CreateToolInput!): CreateToolPayload!",
      "updateTool(input: UpdateToolInput!): UpdateToolPayload!",
      "deleteTool(input: DeleteInput!): DeletePayload!",
    );
    return `${schema}\n${tool}`;
  });
  const names = ["name", "links"];
  await addTexts({
    "nav.tools": "Tools",
    "edit.newTool": "New tool",
    "SubjectType.TOOL": "Tool",
    ...Object.fromEntries(names.map((name) => [`fact.Tool.${name}`, name])),
  });
  assertSucceeds(run("npm", "run", "check"));
  assert.match(await read("web/src/app/subjects/documents.gen.ts"), /query Tool\(\$slug: String!/);
  assert.match(await read("web/src/app/edit/documents.gen.ts"), /mutation CreateTool\(/);
});

function read(name) {
  return readFile(path.join(folder, name), "utf8");
}

async function change(name, edit) {
  await writeFile(path.join(folder, name), edit(await read(name)));
}

/** Adds fields or values at the end of a definition of the schema. */
function addFields(schema, definition, ...fields) {
  const start = schema.indexOf(`\n${definition} {`);
  assert.ok(start >= 0, definition);
  const end = schema.indexOf("\n}", start);
  return `${schema.slice(0, end)}\n${fields.map((field) => `\t${field}`).join("\n")}${schema.slice(end)}`;
}

async function addTexts(texts) {
  for (const language of ["en", "zh"]) {
    await change(`web/src/app/texts/${language}.json`, (text) => JSON.stringify({ ...JSON.parse(text), ...texts }));
  }
}

function run(command, ...args) {
  return spawnSync(command, args, { cwd: copy, encoding: "utf8" });
}

function assertSucceeds({ status, stdout, stderr }) {
  assert.equal(status, 0, stdout + stderr);
}
