import { type Field, fieldsOf, type FieldsType, type SubjectType } from "../fields";
import { formatAmount } from "../format";
import type { CreateInput, Reference, UpdateInput } from "./documents";
import { formFieldName } from "./form-fields";

/** The values of the inputs of a form, by the name of the field. Types with evidence have theirs under `evidence`. */
export type Values = Record<string, unknown>;
/** The texts of a localized field. */
export type Texts = { zh: string; en: string };
/** A statement of a source about a field: the value in the form of that field, and the other inputs of evidence. */
export type Statement = { id?: string; field: string; value: unknown; details: Values };
type Data = Record<string, unknown>;
type Unwritten = { add: unknown[]; remove: string[] };

/** Whether evidence can be about fields of a type. */
export function hasEvidence(type: FieldsType): boolean {
  return fieldsOf(type).some(({ cited }) => cited);
}

/** The values of a form for a subject or a part; empty values without data. */
export function valuesOf(type: FieldsType, data: Data = {}): Values {
  const values = Object.fromEntries(fieldsOf(type).map((field) => [field.name, valueOf(field, data)]));
  if (!hasEvidence(type)) return values;
  const nodes = (data["evidence"] as { nodes: Data[] } | undefined)?.nodes ?? [];
  return { ...values, evidence: nodes.map((node) => statementOf(type, node)) };
}

function valueOf(field: Field, data: Data): unknown {
  if (field.kind !== "localized") return valueOfFact(field, data[field.stated ?? field.name]);
  // The API falls back to the plain field, which is no text of its own.
  const own = (text: unknown) => (text === data[field.source] ? "" : String(text ?? ""));
  return { zh: own(data[`${field.name}Zh`]), en: own(data[`${field.name}En`]) } satisfies Texts;
}

function valueOfFact(field: Field, fact: unknown): unknown {
  switch (field.kind) {
    case "texts":
      return ((fact ?? []) as string[]).join(", ");
    case "amount":
      return amountText(fact);
    case "reference":
      return fact ? referenceOf(fact) : null;
    case "references":
      return ((fact ?? []) as unknown[]).map(referenceOf);
    case "choices":
      return fact ?? [];
    case "part":
      return valuesOf(field.of, (fact ?? {}) as Data);
    case "parts":
      return ((fact ?? []) as Data[]).map((part) => valuesOf(field.of, part));
    default:
      // A size is entered by its label.
      return String((fact as { label?: string } | null)?.label ?? fact ?? field.default ?? "");
  }
}

/** A subject that data has as an object, or documents as a slug. */
function referenceOf(fact: unknown): Reference {
  if (typeof fact === "string") return { slug: fact, name: fact };
  const { slug, name } = fact as Reference;
  return { slug, name };
}

/** A statement about a field. A value of a field that the form does not have stays as it is. */
function statementOf(type: FieldsType, { id, field: stated, value: fact, ...node }: Data): Statement {
  const name = formFieldName(String(stated));
  const given = stated === "baseModel" ? fact && [{ model: fact }] : fact;
  const field = fieldsOf(type).find((field) => field.name === name);
  const value = field ? valueOfFact(field, given) : given;
  return { id: String(id), field: name, value, details: valuesOf("Evidence", node) };
}

/** An amount with a unit such as "7B", where that is exact. A text stays as its source writes it. */
function amountText(fact: unknown): string {
  if (fact === null || fact === undefined) return "";
  if (typeof fact === "string") return fact;
  const short = formatAmount(fact as number);
  const [, digits = "", unit = ""] = /^([\d.]+)([KMBT]?)$/.exec(short) ?? [];
  const size = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit] ?? 1;
  return Math.round(Number(digits) * size) === Number(fact) ? short : String(fact);
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The values without rows in which nothing was entered. */
export function withoutEmptyRows(type: FieldsType, values: Values): Values {
  const trimmed: Values = {};
  for (const field of fieldsOf(type)) {
    const value = values[field.name];
    if (field.kind === "part") trimmed[field.name] = withoutEmptyRows(field.of, value as Values);
    if (field.kind !== "parts") continue;
    const rows = (value as Values[]).filter((row) => !isEmptyPart(field.of, row));
    trimmed[field.name] = rows.map((row) => withoutEmptyRows(field.of, row));
  }
  return { ...values, ...trimmed };
}

/** The input that creates a subject with these values. */
export function createInput<T extends SubjectType>(type: T, before: Values, after: Values): CreateInput<T> {
  const needed = fieldsOf(type).filter(({ name, required }) => required || !same(after[name], before[name]));
  const input = Object.fromEntries(needed.map((field) => [field.name, write(field, after[field.name])]));
  if (hasEvidence(type)) input["evidence"] = evidenceChanges(type, {}, after).add;
  // The fields are those of the schema; whether their values are valid is for the API to decide.
  return createOnce(input) as CreateInput<T>;
}

/** The input that changes a subject where its values differ. An emptied value becomes null. */
export function updateInput<T extends SubjectType>(
  type: T,
  before: Values,
  after: Values,
  target: { slug: string; expectedVersion?: number },
): UpdateInput<T> {
  const remove: string[] = [];
  const changed = fieldsOf(type).filter(({ name }) => !same(after[name], before[name]));
  const written = changed.map((field) => [field.name, write(field, after[field.name], before[field.name], remove)]);
  const input: Values = { ...target, ...Object.fromEntries(written) };
  if (hasEvidence(type)) {
    const own = evidenceChanges(type, before, after);
    remove.unshift(...own.remove);
    if (own.add.length + remove.length > 0) input["evidence"] = { add: own.add, remove };
  }
  return createOnce(input) as UpdateInput<T>;
}

/** The input of a whole part, such as a checkpoint, with the changes of its evidence. */
export function partInput(type: FieldsType, before: Values, after: Values): Values {
  return { ...writePart(type, after), evidence: evidenceChanges(type, before, after) };
}

/** The statements of `after` that `before` does not have. A statement never changes: a new one takes its place. */
export function addedStatements(before: Values | undefined, after: Values): Statement[] {
  const known = statements(before);
  return statements(after).filter((statement) => !known.some((other) => same(other, statement)));
}

function evidenceChanges(type: FieldsType, before: Values | undefined, after: Values): Unwritten {
  const kept = statements(after);
  return {
    add: addedStatements(before, after).map((statement) => writeStatement(type, statement)),
    remove: statements(before).flatMap((old) => (old.id && !kept.some((other) => same(other, old)) ? [old.id] : [])),
  };
}

/** Two versions of the same values in one: what `mine` changes in `before`, on top of `theirs`. */
export function merge(type: FieldsType, before: Values, theirs: Values, mine: Values): Values {
  const merged: Values = {};
  for (const field of fieldsOf(type)) {
    const { name } = field;
    merged[name] = same(mine[name], before[name]) ? theirs[name] : mine[name];
    if (merged[name] === theirs[name] || field.kind !== "parts" || !hasEvidence(field.of)) continue;
    // Rows are those of `mine`; each keeps the evidence that others added to it.
    const rowOf = (values: Values, row: Values) =>
      (values[name] as Values[]).find(({ label }) => label === row["label"]);
    merged[name] = (mine[name] as Values[]).map((row) => {
      const [old, other] = [rowOf(before, row), rowOf(theirs, row)];
      return other ? { ...row, evidence: mergeEvidence(old ?? {}, other, row) } : row;
    });
  }
  return hasEvidence(type) ? { ...merged, evidence: mergeEvidence(before, theirs, mine) } : merged;
}

/** Merges changes of evidence: what `mine` adds to `before` and removes from it, on top of `theirs`. */
function mergeEvidence(before: Values, theirs: Values, mine: Values): Statement[] {
  const kept = statements(mine);
  const removed = statements(before).filter((old) => !kept.some((other) => same(other, old)));
  const left = statements(theirs).filter((statement) => !removed.some((old) => old.id === statement.id));
  return [...left, ...addedStatements(before, mine).map(({ id, ...statement }) => statement)];
}

export function statements(values: Values | undefined): Statement[] {
  return (values?.["evidence"] ?? []) as Statement[];
}

function writeStatement(type: FieldsType, { field: name, value, details }: Statement): Values {
  const field = fieldsOf(type).find((field) => field.name === name);
  const stated = details["stance"] !== "STATED" ? null : field ? citedValue(field, value) : value;
  return { values: { [name]: stated }, ...writePart("Evidence", details) };
}

/** A value as evidence has it: that of a document, in which other subjects are slugs. */
function citedValue(field: Field, value: unknown): unknown {
  if (field.kind === "reference") return (value as Reference | null)?.slug ?? null;
  if (field.kind === "references") return (value as Reference[]).map(({ slug }) => slug);
  return write(field, value);
}

/** The input of a field. `remove` collects the ids of evidence of its rows that is no longer there. */
function write(field: Field, value: unknown, before?: unknown, remove?: string[]): unknown {
  const text = typeof value === "string" ? value.trim() : "";
  switch (field.kind) {
    case "texts":
      return text
        .split(/[,，、]/)
        .map((part) => part.trim())
        .filter(Boolean);
    case "amount":
      return text.replace(/\s/g, "").toUpperCase() || null;
    case "number":
      return text === "" ? null : Number(text);
    case "boolean":
      return text === "" ? null : text === "true";
    case "choices":
      return value;
    case "localized": {
      const { zh, en } = value as Texts;
      return zh.trim() || en.trim() ? { zh: zh.trim() || null, en: en.trim() || null } : null;
    }
    case "reference": {
      const reference = value as Reference | null;
      return reference && (field.bySlug ? reference.slug : referenceInput(reference));
    }
    case "references":
      return (value as Reference[]).map(referenceInput);
    case "part":
      return isEmptyPart(field.of, value as Values) ? null : writePart(field.of, value as Values);
    case "parts":
      return (value as Values[])
        .filter((part) => !isEmptyPart(field.of, part))
        .map((part) => writeRow(field.of, part, (before ?? []) as Values[], remove));
    default:
      return text || (field.required ? text : null);
  }
}

function referenceInput({ slug, create }: Reference): object {
  return create ? { create } : { slug };
}

/** The input with each new subject once: what refers to it again has its slug. */
function createOnce<Input>(input: Input, known = new Set<string>()): Input {
  if (Array.isArray(input)) return input.map((each) => createOnce(each as unknown, known)) as Input;
  if (typeof input !== "object" || input === null) return input;
  const { slug } = ((input as Values)["create"] ?? {}) as { slug?: string };
  if (slug !== undefined && known.has(slug)) return { slug } as Input;
  if (slug !== undefined) known.add(slug);
  const fields = Object.entries(input).map(([name, value]) => [name, createOnce(value as unknown, known)]);
  return Object.fromEntries(fields) as Input;
}

/** A slug for a new subject with a name, which may be in any script. */
export function slugOf(type: SubjectType, name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  const slug = words
    .replace(/^-+|-+$/g, "")
    .slice(0, 80)
    .replace(/-$/, "");
  return slug || `${type.toLowerCase()}-${Date.now().toString(36)}`;
}

/** A row of a list. A row with evidence keeps that of the row with the same label before. */
function writeRow(type: FieldsType, row: Values, before: Values[], remove: string[] = []): Values {
  if (!hasEvidence(type)) return writePart(type, row);
  const changes = evidenceChanges(
    type,
    before.find(({ label }) => label === row["label"]),
    row,
  );
  remove.push(...changes.remove);
  return { ...writePart(type, row), evidence: changes.add };
}

/** The fields of a part that have a value: the others are unknown, or have the default of the API. */
function writePart(type: FieldsType, values: Values): Values {
  const written = fieldsOf(type).map((field) => [field.name, write(field, values[field.name])]);
  return Object.fromEntries(written.filter(([, value]) => value !== null && value !== "")) as Values;
}

/** Whether nothing was entered in a part. */
export function isEmptyPart(type: FieldsType, values: Values): boolean {
  return same(values, valuesOf(type));
}

/** A value of a form as text, for display. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.map(valueText).join("; ") || "–";
  if (typeof value !== "object") return String(value);
  if ("name" in value) return String(value.name);
  const parts = Object.values(value).filter((part) => part !== null && part !== "");
  return (
    parts
      .map(valueText)
      .filter((text) => text !== "–")
      .join(" · ") || "–"
  );
}
