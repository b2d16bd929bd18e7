// Tests what JavaScript clients need: the schema, from the file and from a running server, and code generation.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  printSchema,
  validate,
  validateSchema,
} from "graphql";
import { GRAPHQL_URL } from "./server.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const schemaFile = path.join(here, "../../schema.graphql");
const examples = path.join(here, "../src/playground/examples");
const require = createRequire(import.meta.url);
const relayBinary = require("relay-compiler");

const written = buildSchema(await readFile(schemaFile, "utf8"));

test("schema.graphql is valid", () => {
  assert.deepEqual(validateSchema(written), []);
});

test("the introspected schema is valid and the same as schema.graphql", async () => {
  const introspected = buildClientSchema(await introspect());
  assert.deepEqual(validateSchema(introspected), []);
  const [served, filed] = [introspected, written].map((schema) =>
    printSchema(lexicographicSortSchema(schema)).split("\n"),
  );
  const line = served.findIndex((text, index) => text !== filed[index]);
  const around = (lines) => lines.slice(Math.max(0, line - 4), line + 4).join("\n");
  assert.ok(
    line < 0 && served.length === filed.length,
    `the served schema differs at\n\n${around(served)}\n\nschema.graphql has\n\n${around(filed)}\n`,
  );
});

test("everything in the schema has a description", () => {
  const missing = [...described(written)].filter(([, { description }]) => !description?.trim()).map(([name]) => name);
  assert.equal(missing.length, 0, `${missing.length} without a description:\n  ${missing.join("\n  ")}`);
});

test("the playground's examples are valid", async () => {
  for (const file of await readdir(examples)) {
    const errors = validate(written, parse(await readFile(path.join(examples, file), "utf8")));
    assert.deepEqual(errors, [], file);
  }
});

test("relay-compiler generates fragments, queries and pagination", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "relay-"));
  try {
    await cp(path.join(here, "relay"), path.join(folder, "src"), { recursive: true });
    await cp(schemaFile, path.join(folder, "schema.graphql"));
    const config = { src: "src", schema: "schema.graphql", language: "typescript" };
    await writeFile(path.join(folder, "relay.config.json"), JSON.stringify(config));

    const { status, error, stdout, stderr } = spawnSync(relayBinary, ["relay.config.json"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, FORCE_NO_WATCHMAN: "1" },
    });
    assert.equal(status, 0, `relay-compiler: ${error ?? stdout + stderr}`);
    const generated = await readdir(path.join(folder, "src/__generated__"));
    for (const name of [
      "ModelsQuery",
      "ModelsPaginationQuery",
      "ModelDetailsRefetchQuery",
      "ModelHistoryPaginationQuery",
    ]) {
      assert.ok(generated.includes(`${name}.graphql.ts`), `${name} is among ${generated.join(", ")}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A complete introspection, without the description of the schema, which async-graphql sets to a fixed text. */
async function introspect() {
  const query = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const response = await fetch(GRAPHQL_URL, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** All elements of the schema that can have a description, by their names. */
function* described(schema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield [type.name, type];
    if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        yield [`${type.name}.${field.name}`, field];
        for (const argument of field.args ?? []) yield [`${type.name}.${field.name}(${argument.name}:)`, argument];
      }
    }
  }
  for (const directive of schema.getDirectives()) {
    if (isSpecifiedDirective(directive)) continue;
    yield [`@${directive.name}`, directive];
    for (const argument of directive.args) yield [`@${directive.name}(${argument.name}:)`, argument];
  }
}

test("the client of the guide in TypeScript is typed and prints the newest models", async () => {
  const guide = await readFile(path.join(here, "../../docs/clients.md"), "utf8");
  const [, block] = /```ts\n([\s\S]*?)```/.exec(guide);
  // In a folder below `web`, for its packages.
  const folder = await mkdtemp(path.join(here, "client-"));
  try {
    await cp(path.join(here, "../src/app/api/schema.d.ts"), path.join(folder, "schema.d.ts"));
    const file = path.join(folder, "client.ts");
    await writeFile(file, block.replace("http://127.0.0.1:8000/graphql", GRAPHQL_URL));
    const options = "--noEmit --strict --skipLibCheck --target ES2022 --module ESNext --moduleResolution bundler";
    const checked = spawnSync(
      process.execPath,
      [require.resolve("typescript/bin/tsc"), ...options.split(" "), "--lib", "ES2022,DOM", file],
      { encoding: "utf8" },
    );
    assert.equal(checked.status, 0, checked.stdout);
    const { code } = await transform(await readFile(file, "utf8"), { loader: "ts", format: "esm" });
    await writeFile(path.join(folder, "client.mjs"), code);
    const run = spawnSync(process.execPath, [path.join(folder, "client.mjs")], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /^(.+ (\d{4}(-\d\d){0,2}|unknown) (\d+|unknown)\n){3}$/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
