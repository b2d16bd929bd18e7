import { count } from "../format";
import { FIELDS, type Field, type Named, type Noun, type Values } from "./nouns";

export type SizeRow = {
  label: string;
  parameters: string;
  activeParameters: string;
  trainingTokens: string;
  license: string;
};
export type LinkRow = { kind: string; title: string; url: string };
type Facts = Record<string, unknown>;

/** What a form shows of a subject that the API told; of a new one without. */
export function valuesOf(noun: Noun, facts: Facts = {}): Values {
  return Object.fromEntries(FIELDS[noun].map((field) => [field.name, valueOf(noun, field, facts)]));
}

function valueOf(noun: Noun, field: Field, facts: Facts): unknown {
  const fact = facts[field.name];
  switch (field.kind) {
    case "words":
      return ((fact ?? []) as string[]).join(", ");
    case "amount":
      return amount(fact);
    case "localized": {
      const { zh, en } = facts as { zh?: string | null; en?: string | null };
      // A name is told in every language; only one that differs is its own.
      const own = (text?: string | null) => (noun === "organization" && text === facts.name ? "" : (text ?? ""));
      return { zh: own(zh), en: own(en) };
    }
    case "scale": {
      const scale = fact as { text: string; amount: unknown; unit: string } | null | undefined;
      return { text: scale?.text ?? "", amount: amount(scale?.amount), unit: scale?.unit ?? "TOKENS" };
    }
    case "one":
      return fact ?? null;
    case "many":
      return fact ?? [];
    case "links":
      return ((fact ?? []) as { kind: string; title: string | null; url: string }[]).map(({ kind, title, url }) => ({
        kind,
        title: title ?? "",
        url,
      }));
    case "sizes":
      return ((fact ?? []) as Record<string, unknown>[]).map((size) => ({
        label: size.label as string,
        parameters: amount(size.parameters),
        activeParameters: amount(size.activeParameters),
        trainingTokens: amount(size.trainingTokens),
        license: ownLicense(size, facts),
      }));
    case "choice":
      return field.none && follows(facts) ? "" : String(fact ?? (field.required ? field.values[0] : ""));
    default:
      return fact === null || fact === undefined ? "" : String(fact);
  }
}

/** The license of a size, where it is another than the model's. */
function ownLicense(size: Facts, model: Facts): string {
  const slug = (size.license as Named | null)?.slug ?? "";
  return slug === (model.license as Named | null)?.slug ? "" : slug;
}

/** Whether a model's commercial use is, as far as can be told, that of its license. */
function follows({ commercialUse, license }: Facts): boolean {
  return (
    commercialUse === undefined ||
    commercialUse === ((license as { commercialUse?: string } | null)?.commercialUse ?? "UNKNOWN")
  );
}

/** An amount as people write it, where that loses nothing. */
function amount(fact: unknown): string {
  if (fact === null || fact === undefined) return "";
  const short = count(fact as number);
  const [, digits = "", unit = ""] = /^([\d.]+)([KMBT]?)$/.exec(short) ?? [];
  const size = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit] ?? 1;
  return Math.round(Number(digits) * size) === Number(fact) ? short : String(fact);
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The input for what differs between two states of a form. What was emptied becomes null. */
export function inputOf(noun: Noun, before: Values, after: Values, create: boolean): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const field of FIELDS[noun]) {
    const value = after[field.name];
    if (same(value, before[field.name]) && !field.required) continue;
    if (same(value, before[field.name]) && !create) continue;
    const written = write(field, value);
    if (!create || written !== null) input[field.name] = written;
  }
  return input;
}

function write(field: Field, value: unknown): unknown {
  const text = typeof value === "string" ? value.trim() : "";
  switch (field.kind) {
    case "words":
      return text
        .split(/[,，、]/)
        .map((word) => word.trim())
        .filter(Boolean);
    case "number":
      return text === "" ? null : Number(text);
    case "localized": {
      const { zh, en } = value as { zh: string; en: string };
      return zh.trim() || en.trim() ? { zh: zh.trim() || null, en: en.trim() || null } : null;
    }
    case "scale": {
      const scale = value as { text: string; amount: string; unit: string };
      return scale.text.trim()
        ? { text: scale.text.trim(), amount: scale.amount.trim() || null, unit: scale.unit }
        : null;
    }
    case "one":
      return value === null ? null : field.noun === "model" ? (value as Named).slug : reference(value as Named);
    case "many":
      return (value as Named[]).map(reference);
    case "links":
      return (value as LinkRow[])
        .filter(({ url }) => url.trim())
        .map(({ kind, title, url }) => ({ kind, title: title.trim() || null, url: url.trim() }));
    case "sizes":
      return (value as SizeRow[])
        .filter(({ label }) => label.trim())
        .map((size) => ({
          label: size.label.trim(),
          parameters: size.parameters.trim(),
          activeParameters: size.activeParameters.trim() || null,
          trainingTokens: size.trainingTokens.trim() || null,
          license: size.license.trim() ? { slug: size.license.trim() } : null,
        }));
    default:
      return text || null;
  }
}

function reference({ slug, name }: Named): unknown {
  return slug ? { slug } : { create: { name } };
}

/** A value of a form as text, to be compared by eye. */
export function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.length ? value.map(plain).join("; ") : "–";
  if (typeof value === "object") {
    const { name } = value as { name?: unknown };
    return typeof name === "string" ? name : Object.values(value).filter(Boolean).map(String).join(" · ") || "–";
  }
  return String(value);
}
