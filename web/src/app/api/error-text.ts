import { currentLanguage, findText, t, type TextKey } from "../i18n";
import { ApiError, type GraphQLError } from "./client";

/** Codes that share a text. */
const TEXTS: Record<string, TextKey> = {
  SERVICE_UNAVAILABLE: "problem.failed",
  REQUEST_TIMEOUT: "problem.failed",
  INTERNAL: "problem.failed",
  RATE_LIMITED: "problem.busy",
};

/** The texts of an error in the language of the page, one for each problem. */
export function errorTexts(error: Error): string[] {
  if (error instanceof TypeError) return [t("problem.unreachable")];
  if (!(error instanceof ApiError)) return [error.message];
  return [...new Set(error.errors.flatMap((each) => textsOf(each, error.seconds)))];
}

function textsOf({ message, extensions }: GraphQLError, seconds = 60): string[] {
  const { code = "", fields = [] } = extensions ?? {};
  if (fields.length > 0)
    return fields.map(({ path, message }) => `${path.replace(/^input\./, "")}: ${problemText(message)}`);
  const known = TEXTS[code];
  if (known) return [t(known, { seconds })];
  const text = findText(`problem.${code}`);
  return [text ?? message];
}

/** The message of a validation error in the language of the page. A message without a translation is shown as it is. */
export function problemText(message: string): string {
  for (const [pattern, key] of MESSAGES) {
    const found = pattern.exec(message);
    if (found) return t(key, { ...found.groups });
  }
  return message;
}

/** The remark of an import on a value. The English ones of the API say most; other languages have a text for each kind. */
export function remarkText(message: string): string {
  const [, key, found] =
    (currentLanguage() !== "en" &&
      REMARKS.map(([pattern, key]) => [pattern, key, pattern.exec(message)] as const).find(([, , found]) => found)) ||
    [];
  return key && found ? t(key, { ...found.groups }) : problemText(message);
}

const REMARKS: [RegExp, TextKey][] = [
  [/^not a date such as/, "import.remark.date"],
  [/^not (an? )?(exact number|parameter count|size|number|amount)\b.*ignored$/, "import.remark.amount"],
  [/(stored|kept) as text/, "import.remark.asText"],
  [/which was kept; a row with a slug replaces it$/, "import.remark.kept"],
  [/^no \S+ matches (?<text>.+); add it before this row/, "import.remark.noMatch"],
  [/^the (row|list item) has no name$/, "import.remark.noName"],
  [/^the row has (more|\d+) cells/, "import.remark.cells"],
  [/^not valid (?<format>JSON|TOML|UTF-8)/, "import.remark.format"],
  [/; left out$/, "import.remark.leftOut"],
  [/\bignored\b/, "import.remark.ignored"],
];

/** The messages of the API for values that are not valid, with the texts for them. */
const MESSAGES: [RegExp, TextKey][] = [
  [/^is empty$/, "check.required"],
  [/^is absent$|^is null\b/, "check.required"],
  [/^is below 1$/, "invalid.positive"],
  [/^is not from 1 to (?<max>\d+)/, "invalid.upTo"],
  [/^is not a number from (?<min>\S+) to (?<max>\S+)$/, "invalid.range"],
  [/^is not above 0 and at most (?<max>.+)$/, "invalid.share"],
  [/^is neither an http\(s\) URL nor a relative path$/, "check.url"],
  [/^is not a language tag/, "invalid.language"],
  [/^is not a word of capital letters/, "invalid.capitals"],
  [/^is not a word of lower-case letters/, "invalid.lowercase"],
  [/^has the same element twice$/, "invalid.twice"],
  [/^has?v?e? the same address (twice|as another)/, "invalid.sameAddress"],
  [/^(?<address>.+) is a checkpoint of the model (?<model>.+); a checkpoint belongs/, "invalid.otherModel"],
  [/^is greater than the number of parameters$/, "invalid.active"],
  [/^is less than contextLength$/, "invalid.extended"],
  [/^has more layers than the size$/, "invalid.layers"],
  [/^has more than (?<max>\d+) (?<what>characters|elements|words)/, "invalid.long"],
  [/^has a line break or another control character$/, "invalid.line"],
  [/^starts or ends with white space$/, "invalid.space"],
  [/^contradicts the source (?<source>.+), which says (?<value>.+?); add evidence/, "invalid.contradicts"],
  [/^is the address of no source/, "invalid.noSource"],
  [/^is not the label of a size of the model$/, "invalid.noSize"],
  [/^needs at least one kind of data to read and one to write/, "invalid.modalities"],
  [/^is (the model|the source) itself$/, "invalid.itself"],
  [/is not a count: /, "check.count"],
  [/^is no current evidence of this object$/, "invalid.evidenceGone"],
  [/^is no fact here/, "invalid.notCited"],
  [/^is absent, but DEPRECATED evidence needs one$/, "check.required"],
  [/^is absent, and none can be derived from the name or title$/, "invalid.slug"],
  [/^is not in the years 1 to 9999$/, "check.day"],
];
