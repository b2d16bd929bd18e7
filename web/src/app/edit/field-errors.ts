import { ApiError } from "../api/client";

/** The errors of a mutation, each with the field of the form that it belongs to. */
export function fieldErrors(error: Error | undefined): { field: string; message: string }[] {
  if (!(error instanceof ApiError)) return [];
  const validation = error.fields.map(({ path, message }) => {
    const [, field = "", ...inner] = path.split(".");
    return {
      field,
      message: [inner.map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : part)).join(" "), message]
        .filter(Boolean)
        .join(": "),
    };
  });
  // A value of the wrong type is rejected before validation; only its message has the path.
  const coercion = error.errors.flatMap(({ message }) => {
    const field = /"input\.(\w+)/.exec(message)?.[1];
    return field ? [{ field, message }] : [];
  });
  return [...validation, ...coercion];
}
