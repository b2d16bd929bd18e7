import { ApiError } from "../api/client";
import { problemText } from "../api/error-text";
import { fieldsOf, type FieldsType } from "../fields";
import { t } from "../i18n";
import type { Problem } from "./checks";
import { formFieldName } from "./form-fields";
import { addedStatements, statements, type Values } from "./values";

/** The errors of a mutation at the inputs of its form. Those that belong to none are in `others`. */
export function fieldErrors(
  error: Error | undefined,
  type: FieldsType,
  before: Values,
  after: Values,
): { problems: Problem[]; others: string[] } {
  const problems: Problem[] = [];
  const others: string[] = [];
  if (!(error instanceof ApiError)) return { problems, others };
  for (const { path, text } of error.errors.flatMap(pathsOf)) {
    const place = inputPath(type, path.split("."), before, after);
    if (place) problems.push({ path: place, text });
    else others.push(`${path}: ${text}`);
  }
  return { problems, others };
}

function pathsOf({ message, extensions }: ApiError["errors"][number]): { path: string; text: string }[] {
  const inner = (path: string) => path.replace(/^input\.(put\.\d+\.)?/, "");
  const fields = (extensions?.fields ?? []).map(({ path, message }) => ({
    path: inner(path),
    text: problemText(message),
  }));
  // A value of the wrong type is rejected before validation; only its message has the path.
  const [, path = "", expected = ""] = /"(input\.[\w.]+)", expected type "(\w+)/.exec(message) ?? [];
  if (fields.length > 0 || !path) return fields;
  const texts: Record<string, string> = {
    Count: t("check.count"),
    PartialDate: t("check.date"),
    Date: t("check.day"),
    Int: t("check.count"),
  };
  return [{ path: inner(path), text: texts[expected] ?? t("check.invalid") }];
}

/** The path of the input that shows the problems of a path of the API; undefined if the form has none. */
function inputPath(type: FieldsType, path: string[], before: Values | undefined, after: Values): string | undefined {
  const [stated = "", ...rest] = path;
  const name = formFieldName(stated);
  if (name === "evidence") {
    const index = Number(rest[0] === "add" ? rest[1] : rest[0]);
    const added = rest[0] === "remove" ? undefined : addedStatements(before, after)[index];
    return added && `evidence.${statements(after).indexOf(added)}`;
  }
  const field = fieldsOf(type).find((field) => field.name === name);
  if (!field) return undefined;
  if (field.kind === "part") {
    const inner = rest.length > 0 ? inputPath(field.of, rest, undefined, after[name] as Values) : undefined;
    return inner ? `${name}.${inner}` : name;
  }
  const rows = after[name] as Values[];
  const index = Number(rest[0]);
  const row = field.kind === "parts" && rest.length > 0 ? rows[index] : undefined;
  if (field.kind !== "parts" || !row) return name;
  const known = (before?.[name] as Values[] | undefined)?.find(
    ({ label }) => label !== undefined && label === row["label"],
  );
  const inner = rest.length > 1 ? inputPath(field.of, rest.slice(1), known, row) : undefined;
  return `${name}.${index}${inner ? `.${inner}` : ""}`;
}
