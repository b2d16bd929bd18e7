import { type Field, fieldsOf, type FieldsType } from "../fields";
import { t } from "../i18n";
import { isEmptyPart, type Statement, type Values } from "./values";

/** A problem of an input, by the path of its value such as `sizes.0.parameters`. */
export type Problem = {
  path: string;
  text: string;
  /** Found while typing: advice until the input is left. */
  live?: boolean;
  /** Nothing was entered yet: shown once the form was to be saved. */
  missing?: boolean;
  /** Unusual but possible: does not keep the form from being saved. */
  note?: boolean;
};

/** All that is wrong with the values of a form. Its evidence was checked when it was entered. `path`: ends with a point. */
export function checkValues(type: FieldsType, values: Values, path = ""): Problem[] {
  return fieldsOf(type).flatMap((field) => checkValue(field, values[field.name], path + field.name));
}

/** All that is wrong with a statement. */
export function checkStatement(type: FieldsType, { field: name, value, details }: Statement, path: string): Problem[] {
  const field = fieldsOf(type).find((field) => field.name === name);
  const stated = details["stance"] === "STATED" && field;
  const ofValue = stated ? checkValue({ ...field, required: true }, value, `${path}.value`) : [];
  const ofDetails = checkValues("Evidence", details, `${path}.`);
  const reason = details["rank"] === "DEPRECATED" && !String(details["reason"]).trim();
  return [
    ...ofValue,
    ...ofDetails,
    ...(reason ? [{ path: `${path}.reason`, text: t("check.required"), missing: true }] : []),
  ];
}

function checkValue(field: Field, value: unknown, path: string): Problem[] {
  const missing = field.required ? [{ path, text: t("check.required"), missing: true }] : [];
  switch (field.kind) {
    case "part":
      if (isEmptyPart(field.of, value as Values)) return missing;
      return checkValues(field.of, value as Values, `${path}.`);
    case "parts":
      return (value as Values[]).flatMap((row, i) =>
        isEmptyPart(field.of, row) ? [] : checkValues(field.of, row, `${path}.${i}.`),
      );
    case "localized":
      return [];
    case "reference":
      return value ? [] : missing;
    case "references":
    case "choices":
      return (value as unknown[]).length > 0 ? [] : missing;
    default: {
      const text = String(value).trim();
      if (text === "") return missing;
      return checkText(field, text).map((remark) => ({ path, live: true, ...remark }));
    }
  }
}

type Remark = Pick<Problem, "text" | "note">;

function checkText(field: Field, text: string): Remark[] {
  switch (field.kind) {
    case "amount":
      return checkAmount(text);
    case "number":
      return checkNumber(text, field.whole ?? false);
    case "date":
      return isDate(text, field.day ?? false) ? [] : [{ text: t(field.day ? "check.day" : "check.date") }];
    case "url":
      return checkUrl(text);
    default:
      return [];
  }
}

const UNITS = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
/** Amounts below it are rarely meant without a unit. */
const FEW = 1000;

/** An amount such as 7B. The messages repeat what was typed and show how to write it. */
export function checkAmount(typed: string): Remark[] {
  const text = typed.replace(/\s/g, "").toUpperCase();
  const [, digits = "", unit] = /^(\d+(?:\.\d+)?)([KMBT])?$/.exec(text) ?? [];
  if (!digits) {
    const plain = text.replace(/[,，'’_]/g, "");
    if (/^\d+(\.\d+)?[KMBT]?$/.test(plain)) return [{ text: t("check.grouped", { text: plain }) }];
    return [{ text: t("check.amount", { text: typed }) }];
  }
  const amount = Number(digits) * (unit ? UNITS[unit as keyof typeof UNITS] : 1);
  if (amount > Number.MAX_SAFE_INTEGER) return [{ text: t("check.large") }];
  if (!unit && digits.includes(".")) return [{ text: t("check.unit", { number: digits }) }];
  // 7.1B is a whole number of parameters, 0.0005K is not. The rounding allows for the binary fraction.
  if (Math.abs(amount - Math.round(amount)) > 1e-6 * Math.max(1, amount)) return [{ text: t("check.fraction") }];
  return !unit && amount > 0 && amount < FEW ? [{ text: t("check.few", { number: digits }), note: true }] : [];
}

function checkNumber(text: string, whole: boolean): Remark[] {
  const [, digits = "", unit = ""] = /^(\d+)\s*([KkMm])$/.exec(text) ?? [];
  if (whole && digits) {
    const [decimal, binary] = unit.toUpperCase() === "K" ? [1e3, 2 ** 10] : [1e6, 2 ** 20];
    return [{ text: t("check.binary", { text, a: Number(digits) * binary, b: Number(digits) * decimal }) }];
  }
  if (whole) return /^-?\d+$/.test(text) ? [] : [{ text: t("check.whole", { text }) }];
  return Number.isFinite(Number(text)) ? [] : [{ text: t("check.number", { text }) }];
}

function isDate(text: string, day: boolean): boolean {
  const [, year = "", month = "01", date] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (!year || (day && !date)) return false;
  const time = new Date(`${year}-${month}-${date ?? "01"}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(`${year}-${month}-${date ?? "01"}`);
}

function checkUrl(text: string): Remark[] {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(text) ?? [];
  if (/\s/.test(text) || (scheme && !/^https?$/i.test(scheme))) return [{ text: t("check.url") }];
  return !scheme && /^(www\.|[\w-]+\.(com|org|ai|io|cn|net|co)\b)/i.test(text)
    ? [{ text: t("check.scheme", { text }), note: true }]
    : [];
}
