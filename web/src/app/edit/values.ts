import { type Field, fieldsOf, type FieldsType, type SubjectType } from "../fields";
import { formatAmount } from "../format";
import type { CreateInput, Reference, UpdateInput } from "./documents";
import { DEFAULT_CHOICES } from "./form-fields";

/** The values of the inputs of a form, by the name of the field. */
export type Values = Record<string, unknown>;
/** The texts of a localized field. */
export type Texts = { zh: string; en: string };
type Data = Record<string, unknown>;

/** The values of a form for a subject or a part; empty values without data. */
export function valuesOf(type: FieldsType, data: Data = {}): Values {
  return Object.fromEntries(fieldsOf(type).map((field) => [field.name, valueOf(field, data)]));
}

function valueOf(field: Field, data: Data): unknown {
  const fact = data[field.stated ?? field.name];
  switch (field.kind) {
    case "texts":
      return ((fact ?? []) as string[]).join(", ");
    case "amount":
      return amountText(fact);
    case "localized": {
      // The API falls back to the plain field, which is no text of its own.
      const own = (text: unknown) => (text === data[field.source] ? "" : String(text ?? ""));
      return { zh: own(data[`${field.name}Zh`]), en: own(data[`${field.name}En`]) } satisfies Texts;
    }
    case "reference":
      return fact ?? null;
    case "references":
    case "choices":
      return fact ?? [];
    case "part":
      return valuesOf(field.of, (fact ?? {}) as Data);
    case "parts":
      return ((fact ?? []) as Data[]).map((part) => valuesOf(field.of, part));
    case "choice":
      return String(fact ?? (field.required ? (DEFAULT_CHOICES[field.label] ?? field.values[0]) : ""));
    default:
      return fact === null || fact === undefined ? "" : String(fact);
  }
}

/** An amount with a unit such as "7B", where that is exact. */
function amountText(fact: unknown): string {
  if (fact === null || fact === undefined) return "";
  const short = formatAmount(fact as number);
  const [, digits = "", unit = ""] = /^([\d.]+)([KMBT]?)$/.exec(short) ?? [];
  const size = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit] ?? 1;
  return Math.round(Number(digits) * size) === Number(fact) ? short : String(fact);
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The input that creates a subject with these values. */
export function createInput<T extends SubjectType>(type: T, before: Values, after: Values): CreateInput<T> {
  const needed = fieldsOf(type).filter(({ name, required }) => required || !same(after[name], before[name]));
  const input = Object.fromEntries(needed.map((field) => [field.name, write(field, after[field.name])]));
  // The fields are those of the schema; whether their values are valid is for the API to decide.
  return input as CreateInput<T>;
}

/** The input that changes a subject where its values differ. An emptied value becomes null. */
export function updateInput<T extends SubjectType>(
  type: T,
  before: Values,
  after: Values,
  target: { slug: string; expectedVersion?: number },
): UpdateInput<T> {
  const changed = fieldsOf(type).filter(({ name }) => !same(after[name], before[name]));
  const input = Object.fromEntries(changed.map((field) => [field.name, write(field, after[field.name])]));
  return { ...target, ...input } as UpdateInput<T>;
}

function write(field: Field, value: unknown): unknown {
  const text = typeof value === "string" ? value.trim() : "";
  switch (field.kind) {
    case "texts":
      return text
        .split(/[,，、]/)
        .map((part) => part.trim())
        .filter(Boolean);
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
    case "reference":
      return value === null ? null : field.bySlug ? (value as Reference).slug : writeReference(value as Reference);
    case "references":
      return (value as Reference[]).map(writeReference);
    case "part":
      return isEmptyPart(field.of, value as Values) ? null : writePart(field.of, value as Values);
    case "parts":
      return (value as Values[])
        .filter((part) => !isEmptyPart(field.of, part))
        .map((part) => writePart(field.of, part));
    default:
      return text || (field.required ? text : null);
  }
}

function writeReference({ slug, name }: Reference): unknown {
  return slug ? { slug } : { create: { name } };
}

/** The fields of a part that have a value: the others are unknown, or have the default of the API. */
function writePart(type: FieldsType, values: Values): Values {
  const written = fieldsOf(type).map((field) => [field.name, write(field, values[field.name])]);
  return Object.fromEntries(written.filter(([, value]) => value !== null)) as Values;
}

/** Whether the required text of a part is missing, such as the label of a size, or all of its lists are empty. */
function isEmptyPart(type: FieldsType, values: Values): boolean {
  const fields = fieldsOf(type);
  const texts = fields.filter(({ kind, required }) => required && (kind === "text" || kind === "url"));
  const isEmptyList = ({ name }: Field) => Array.isArray(values[name]) && values[name].length === 0;
  return texts.some(({ name }) => !String(values[name]).trim()) || fields.every(isEmptyList);
}

/** A value of a form as text, for display. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.map(valueText).join("; ") || "–";
  if (typeof value !== "object") return String(value);
  if ("name" in value) return String(value.name);
  const parts = Object.values(value).filter((part) => part !== null && part !== "");
  return parts.map(valueText).join(" · ") || "–";
}
