// Writes the TypeScript that follows from schema.graphql, so that a fact or a subject type is declared there alone:
// the tables of fields, the fragments of facts, and the documents of every subject type.
// The documents are written out, not built when the pages run, because gql.tada takes their types from their text.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredInputField,
} from "graphql";

const root = path.dirname(fileURLToPath(import.meta.url));
const schema = buildSchema(await readFile(path.join(root, "../schema.graphql"), "utf8"));

/** Input fields that the object has under another name. */
const SOURCES = { "Organization.localizedName": "name", "ModelBase.size": "sizeLabel" };
/**
 * Input fields that are no fields of a form: the slug is an address and no fact, evidence is edited beside its fact, with its
 * value, a base model is one of the bases, and the form of a model edits its datasets without numbers. Checkpoints have forms
 * of their own.
 */
const LEFT_OUT = ["slug", "evidence", "values", "baseModel", "training", "checkpoints"];
/** Fields of types with evidence that evidence cannot be about: names, links, texts of the catalog, and lists of parts. */
const UNCITED = [
  ...["name", "localizedName", "aliases", "label", "position", "summary", "conditions"],
  ...["links", "sizes", "size", "terms", "url", "termsReviewed", "hub", "repository", "revision", "path"],
];
/** A field that is shown beside the name of every subject that has it. */
const BADGE = "commercialUse";
/** How a value of a scalar is shown and entered. */
const KINDS = {
  Boolean: "boolean",
  Count: "amount",
  Date: "date",
  PartialDate: "date",
  Float: "number",
  Int: "number",
  Slug: "text",
  String: "text",
  Url: "url",
};

const lowerFirst = (text) => text[0].toLowerCase() + text.slice(1);
const titleCase = (text) => text.toLowerCase().replace(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase());

/** The subject types, in the order of the schema: their names in the API, their address and their texts. */
const subjects = schema
  .getType("SubjectType")
  .getValues()
  .map(({ name: value }) => {
    const type = titleCase(value);
    const queries = Object.values(schema.getQueryType().getFields());
    const { name: field } = queries.find(
      (query) => getNamedType(query.type).name === type && hasArgument(query, "slug"),
    );
    const { name: path } = queries.find((query) => getNamedType(query.type).name === `${type}Connection`);
    const nameField = schema.getType(type).getFields().name ? "name" : "title";
    return { type, value, field, path, nameField, title: `nav.${path}`, newTitle: `edit.new${type}` };
  });
const subjectTypes = subjects.map(({ type }) => type);

/** The fields of each type that forms edit, and of the types inside them. */
const tables = new Map();
for (const type of subjectTypes) addTable(type, schema.getType(`Create${type}Input`));
addTable("Checkpoint", schema.getType("CheckpointInput"));
addTable("Evidence", schema.getType("EvidenceInput"));

function addTable(type, input) {
  if (tables.has(type)) return;
  const fields = [];
  tables.set(type, fields);
  const shown = Object.values(input.getFields()).filter(({ name }) => !LEFT_OUT.includes(name));
  for (const field of shown) fields.push(describe(type, field, Boolean(input.getFields().evidence)));
}

/** The field of a form. `cites`: whether its type has evidence. */
function describe(type, field, cites) {
  const { name } = field;
  const place = `${type}.${name}`;
  const source = SOURCES[place] ?? name;
  const shown = schema.getType(type).getFields()[source];
  if (!shown) throw new Error(`${place} is in the input but not in the type: name its field in SOURCES of facts.mjs`);
  const [inputType, shownType] = [getNamedType(field.type), getNamedType(shown.type)];
  const isList = isListType(getNullableType(field.type));
  // The object shows the value that applies; forms edit what is stated for the object itself.
  const stated = `stated${name[0].toUpperCase()}${name.slice(1)}`;
  const common = {
    name,
    label: `fact.${place}`,
    ...(isRequiredInputField(field) && { required: true }),
    ...(typeof field.defaultValue === "string" && { default: field.defaultValue }),
    ...(cites && !UNCITED.includes(name) && { cited: true }),
    ...(schema.getType(type).getFields()[stated] && { stated }),
  };
  if (inputType.name === "LocalizedInput") return { ...common, kind: "localized", source };
  if (subjectTypes.includes(shownType.name)) {
    const bySlug = !isInputObjectType(inputType);
    return { ...common, kind: isList ? "references" : "reference", of: shownType.name, ...(bySlug && { bySlug }) };
  }
  if (isInputObjectType(inputType) && isObjectType(shownType)) {
    addTable(shownType.name, inputType);
    return { ...common, kind: isList ? "parts" : "part", of: shownType.name };
  }
  if (isEnumType(inputType)) return { ...common, kind: isList ? "choices" : "choice", of: inputType.name };
  // A size is entered by its label, a checkpoint by its address.
  const leaf = isLeafType(shownType) ? shownType : inputType;
  const kind = KINDS[leaf.name];
  if (!kind || (isList && kind !== "text")) throw new Error(`${place}: facts.mjs has no kind for ${shown.type}`);
  const whole = leaf.name === "Int" && { whole: true };
  const day = leaf.name === "Date" && { day: true };
  return { ...common, kind: isList ? "texts" : kind, ...whole, ...day };
}

function hasArgument(field, name) {
  return field.args.some((argument) => argument.name === name);
}

const fieldOf = (type, name) => schema.getType(type).getFields()[name];
const isFact = ({ kind }) => !["localized", "reference", "references", "part", "parts"].includes(kind);
const isLocalizable = (type, name) => Boolean(fieldOf(type, name)) && hasArgument(fieldOf(type, name), "language");
/** Facts that are the same in every language: these are in the fragment of their type. */
const plainFacts = (type) =>
  tables.get(type).filter((field) => isFact(field) && isLeaf(type, field.name) && !isLocalizable(type, field.name));
const isLeaf = (type, name) => isLeafType(getNamedType(fieldOf(type, name).type));
const fragmentOf = (type) => `${lowerFirst(type)}Facts`;

/** Whether evidence can be about the fields of a type. */
const isCited = (type) => tables.get(type).some(({ cited }) => cited);

/** The selection of a type for a form, with the texts of all languages and the evidence. */
function editSelection(type, fragments) {
  const evidence = () => ["id", "field", "value", ...editSelection("Evidence", fragments)];
  return [
    ...(isCited(type) ? ["evidence(first: 100) {", ...indent(["nodes {", ...indent(evidence()), "}"]), "}"] : []),
    ...spread(type, fragments),
    ...tables.get(type).flatMap((field) => {
      const { kind, of } = field;
      const name = field.stated ?? field.name;
      if (kind === "localized") {
        return [`${name}Zh: ${field.source}(language: ZH)`, `${name}En: ${field.source}(language: EN)`];
      }
      if (isFact(field)) return factSelection(type, name);
      if (of && kind.startsWith("reference")) return [`${name} { ${reference(of)} }`];
      return [`${name} {`, ...indent(editSelection(of, fragments)), "}"];
    }),
  ];
}

/** The selection of a fact that is not in the fragment of its type: a size has its label. */
function factSelection(type, name) {
  const source = SOURCES[`${type}.${name}`];
  if (source) return [`${name}: ${source}`];
  if (isLocalizable(type, name)) return [name];
  return isLeaf(type, name) ? [] : [`${name} { label }`];
}

/** The selection of a type for its page, with the texts of one language. */
function pageSelection(type, fragments) {
  return [
    ...spread(type, fragments),
    ...tables.get(type).flatMap((field) => {
      const { name, kind, of } = field;
      if (kind === "localized") return field.source === name ? [`${name}(language: $language)`] : [];
      if (isFact(field)) return isLocalizable(type, name) ? [`${name}(language: $language)`] : [];
      if (of && kind.startsWith("reference")) return [`${name} { ${reference(of, "(language: $language)")} }`];
      return [`${name} {`, ...indent(pageSelection(of, fragments)), "}"];
    }),
  ];
}

function spread(type, fragments) {
  if (plainFacts(type).length === 0) return [];
  fragments.add(fragmentOf(type));
  return [`...${type}Facts`];
}

function reference(type, language = "") {
  return `slug ${nameOf(type, language)}${fieldOf(type, BADGE) ? ` ${BADGE}` : ""}`;
}

/** The name of a subject, under the same key for all types. */
function nameOf(type, language = "") {
  const { nameField } = subjects.find((subject) => subject.type === type);
  if (nameField !== "name") return `name: ${nameField}`;
  return `name${isLocalizable(type, "name") ? language : ""}`;
}

const indent = (lines) => lines.map((line) => `  ${line}`);

/** A call of `graphql` with a document, and with the fragments that it spreads. */
function document(lines, fragments = []) {
  const text = `\`\n${indent(lines).join("\n")}\n\``;
  return fragments.length > 0 ? `graphql(${text}, [${fragments.join(", ")}])` : `graphql(${text})`;
}

/** What evidence is about: a subject, or a part of a model. */
const PLACE =
  "__typename ...SubjectName ... on ModelSize { label model { slug name } } ... on Checkpoint { repository model { slug name } }";

/** The fragment with the address and the name of a subject of any type. */
function subjectName() {
  const parts = subjects.map(({ type }) => `... on ${type} { slug ${nameOf(type, "(language: $language)")} }`);
  return document(["fragment SubjectName on Node {", "  __typename", ...indent(parts), "}"]);
}

function pageDocument({ type, field, nameField }) {
  const fragments = new Set();
  const name = nameField === "name" ? [] : [nameOf(type)];
  const selection = ["slug", ...name, ...pageSelection(type, fragments), "version", "updatedAt"];
  if (fieldOf(type, "models"))
    selection.push("models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }");
  if (fieldOf(type, "sizes"))
    selection.push("sizes(first: 100) { totalCount nodes { label commercialUse model { slug name } } }");
  const shared = [...(fieldOf(type, "models") ? ["models"] : []), "revisions"];
  if (fieldOf(type, "evidence")) {
    // The evidence of a source is about others.
    const about = type === "Source" ? [`about { ${PLACE} }`] : [];
    selection.push(...["evidence(first: 100) {", "  totalCount"]);
    selection.push(`  nodes { ${[...about, "...EvidenceDetails"].join(" ")} }`, "}");
    shared.push("evidenceDetails", ...(about.length > 0 ? ["subjectName"] : []));
  }
  selection.push("revisions(last: 20) { ...Revisions }");
  const variables = ["$slug: String!"];
  if (selection.some((line) => /\$language|\.\.\.SubjectName/.test(line))) variables.push("$language: Language");
  const lines = [`query ${type}(${variables.join(", ")}) {`];
  lines.push(...indent([`${field}(slug: $slug) {`, ...indent(selection), "}"]), "}");
  return document(lines, [...fragments, ...shared]);
}

function listDocument({ type, path, nameField }) {
  const node = [reference(type, "(language: $language)")];
  const order = [`{ field: ${nameField.toUpperCase()} }`];
  if (fieldOf(type, "models")) {
    node.push("models(first: 1) { totalCount }");
    order.unshift("{ field: MODEL_COUNT, direction: DESC }");
  }
  const variables = ["$search: String", "$after: String"];
  if (isLocalizable(type, "name")) variables.push("$language: Language");
  return document([
    `query ${path[0].toUpperCase()}${path.slice(1)}(${variables.join(", ")}) {`,
    `  list: ${path}(first: 100, after: $after, search: $search, orderBy: [${order.join(", ")}]) {`,
    "    totalCount",
    `    nodes { ${node.join(" ")} }`,
    "    pageInfo { hasNextPage endCursor }",
    "  }",
    "}",
  ]);
}

function editDocuments({ type, field, path, nameField }) {
  const fragments = new Set();
  const selection = ["version", "slug", ...editSelection(type, fragments)];
  const mutation = (verb, input, result) =>
    document([
      `mutation ${verb}${type}($input: ${input}!, $reason: String) {`,
      `  done: ${verb.toLowerCase()}${type}(input: $input, reason: $reason) { ${result} }`,
      "}",
    ]);
  return {
    read: document(
      [
        `query Edit${type}($slug: String!) {`,
        ...indent([`subject: ${field}(slug: $slug) {`, ...indent(selection), "}"]),
        "}",
      ],
      [...fragments],
    ),
    find: document([
      `query Find${type}($search: String!) {`,
      `  found: ${path}(first: 6, search: $search) { nodes { slug ${nameOf(type)}${nameField === "title" ? " url" : ""} } }`,
      "}",
    ]),
    create: mutation("Create", `Create${type}Input`, `revision subject: ${field} { slug version }`),
    update: mutation("Update", `Update${type}Input`, `revision subject: ${field} { slug version }`),
    remove: mutation("Delete", "DeleteInput", "revision"),
  };
}

const HEADER = "// Generated from schema.graphql by facts.mjs. Do not edit.\n";
const used = (text) => [...tables.keys()].map(fragmentOf).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
const enums = [
  ...new Set([...tables.values()].flat().flatMap(({ kind, of }) => (kind.startsWith("choice") ? of : []))),
];
const object = (value) =>
  `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${JSON.stringify(inner)}`)
    .join(", ")} }`;

/** A field as TypeScript: a choice has the values of its enum. */
function fieldText(field) {
  const text = object(field);
  return field.kind.startsWith("choice") ? text.replace(/ \}$/, `, values: ENUMS.${field.of} }`) : text;
}

const parts = [...tables.keys()].filter((type) => !subjectTypes.includes(type));
const enumLines = enums.map((name) => {
  const values = schema
    .getType(name)
    .getValues()
    .map((value) => value.name);
  return `  ${name}: ${JSON.stringify(values)},`;
});
const tableLines = [...tables].flatMap(([type, fields]) => [
  `  ${type}: [`,
  ...fields.map((field) => `    ${fieldText(field)},`),
  "  ],",
]);
const fragments = [...tables.keys()]
  .filter((type) => plainFacts(type).length > 0)
  .map((type) => {
    const names = plainFacts(type).flatMap(({ name, stated }) => [name, ...(stated ? [stated] : [])]);
    const text = document([`fragment ${type}Facts on ${type} {`, ...indent(names), "}"]);
    return `export const ${fragmentOf(type)} = ${text};`;
  });
await write(
  "facts.gen.ts",
  `import { graphql } from "./api/graphql";
import type { Field, SubjectInfo } from "./fields";

/** The subject types, in the order of the API. */
export const SUBJECTS = {
${subjects.map((subject) => `  ${subject.type}: ${object(subject)},`).join("\n")}
} as const satisfies Record<string, SubjectInfo>;

/** The values of the enums that facts have. */
export const ENUMS = {
${enumLines.join("\n")}
} as const;

/** Types that are edited as a part of a subject. */
export type PartType = ${parts.map((type) => `"${type}"`).join(" | ")};

/** The fields of every type that forms edit, in the order of its input. */
export const FIELDS = {
${tableLines.join("\n")}
} as const satisfies Record<string, readonly Field[]>;

${fragments.join("\n\n")}
`,
);

const pages = subjects
  .filter(({ type }) => type !== "Model")
  .map(
    (subject) => `  ${subject.type}: {\n    page: ${pageDocument(subject)},\n    list: ${listDocument(subject)},\n  },`,
  )
  .join("\n");
await write(
  "subjects/documents.gen.ts",
  `import { graphql } from "../api/graphql";
import { ${used(pages).join(", ")} } from "../facts.gen";
import { evidenceDetails, models, revisions } from "./fragments";

/** The address and the name of a subject of any type. */
export const subjectName = ${subjectName()};

/** The queries of the pages and the lists of subjects. The pages of models have hand-written documents. */
export const SUBJECT_DOCUMENTS = {
${pages}
};
`,
);

const forms = subjects
  .map((subject) => {
    const documents = Object.entries(editDocuments(subject)).map(([name, text]) => `    ${name}: ${text},\n`);
    return `  ${subject.type}: {\n${documents.join("")}  },`;
  })
  .join("\n");
await write(
  "edit/documents.gen.ts",
  `import { graphql } from "../api/graphql";
import { ${used(forms).join(", ")} } from "../facts.gen";

/** The documents of the forms. */
export const EDIT_DOCUMENTS = {
${forms}
};
`,
);

await checkLabels();

/** Every field has a label in both languages, and every label belongs to a field or to a part of its value. */
async function checkLabels() {
  // The history names fields that forms leave out, too; those of all types by the label of a model.
  const inHistory = LEFT_OUT.filter((name) => name !== "values").map((name) => `fact.Model.${name}`);
  const labels = [...[...tables.values()].flat().map(({ label }) => label), ...inHistory];
  const known = new Set(labels);
  const problems = [];
  for (const language of ["en", "zh"]) {
    const texts = JSON.parse(await readFile(path.join(root, `src/app/texts/${language}.json`), "utf8"));
    const needed = [
      ...labels,
      ...enums.flatMap((name) =>
        schema
          .getType(name)
          .getValues()
          .map((value) => `${name}.${value.name}`),
      ),
      ...subjects.flatMap(({ title, newTitle, value }) => [title, newTitle, `SubjectType.${value}`]),
    ];
    problems.push(...needed.filter((key) => !texts[key]).map((key) => `texts/${language}.json has no "${key}"`));
    for (const key of Object.keys(texts).filter((key) => key.startsWith("fact."))) {
      if (known.has(key) || known.has(key.split(".").slice(0, 3).join("."))) continue;
      problems.push(`texts/${language}.json has "${key}", which is no field of the schema`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function write(name, text) {
  await writeFile(path.join(root, "src/app", name), HEADER + text);
}
