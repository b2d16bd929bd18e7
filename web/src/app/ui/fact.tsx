import type { ComponentChildren } from "preact";
import type { FactField, FactValue, SubjectType } from "../fields";
import { formatAmount, formatBytes, formatDate, formatScientific, safeLink } from "../format";
import { enumText, t, type TextKey } from "../i18n";
import { subjectAddress } from "../subjects";
import { CommercialUse } from "./commercial-use";

type FactProps = {
  name: string;
  children: ComponentChildren;
  /** Wraps the value, for example in an inline editor. */
  wrap?: (value: ComponentChildren) => ComponentChildren;
};

/** A fact with its name; "unknown" where there is no value. */
export function Fact({ name, children, wrap = (value) => value }: FactProps) {
  const parts = Array.isArray(children) ? children : [children];
  const known = parts.some((part) => part !== null && part !== undefined && part !== false && part !== "");
  return (
    <div>
      <dt>{name}</dt>
      <dd>{wrap(known ? children : <Unknown />)}</dd>
    </div>
  );
}

export function Unknown() {
  return <span class="unknown">{t("unknown")}</span>;
}

/** The formats of facts whose unit is not in their type. */
const FORMATS: Partial<Record<TextKey, (value: number) => string>> = {
  "fact.Dataset.tokens": (tokens) => t("amount.tokens", { count: formatAmount(tokens) }),
  "fact.Dataset.bytes": formatBytes,
  "fact.Model.trainingFlops": (flops) => `${formatScientific(flops)} FLOPs`,
};

/** The value of a fact as text; empty where it is unknown. */
export function factText(field: FactField, value: FactValue): string {
  if (value === null || value === undefined) return "";
  const format = FORMATS[field.label];
  if (format) return format(Number(value));
  switch (field.kind) {
    case "amount":
      return formatAmount(Number(value));
    case "boolean":
      return t(value ? "yes" : "no");
    case "choice":
      return enumText(field.of, String(value));
    case "choices":
      return listOf(value)
        .map((choice) => enumText(field.of, choice))
        .join(t("list.comma"));
    case "date":
      return formatDate(String(value));
    case "texts":
      return listOf(value).join(t("list.comma"));
    case "url":
      return String(value).replace(/^https?:\/\//, "");
    case "number":
    case "text":
      return String(value);
  }
}

function listOf(value: NonNullable<FactValue>): readonly string[] {
  return typeof value === "object" ? value : [String(value)];
}

/** The value of a fact as a page shows it; nothing where it is unknown. */
export function showFact(field: FactField, value: FactValue): ComponentChildren {
  const text = factText(field, value);
  if (field.kind === "choice" && field.of === "CommercialUse" && text) return <CommercialUse value={String(value)} />;
  if (field.kind !== "url" || !text) return text;
  return (
    <a href={safeLink(String(value))} rel="noreferrer" target="_blank">
      {text}
    </a>
  );
}

/** Links to subjects. */
export function SubjectLinks({ of, type }: { of: readonly { slug: string; name: string }[]; type: SubjectType }) {
  if (of.length === 0) return <Unknown />;
  return (
    <>
      {of.map(({ slug, name }, i) => (
        <span key={slug}>
          {i > 0 && t("list.comma")}
          <a href={subjectAddress(type, slug)}>{name}</a>
        </span>
      ))}
    </>
  );
}
