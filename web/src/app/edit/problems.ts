import { ApiError } from "../api/client";

/** The problems of an input, each with the field of the form that it is about. */
export function problemsOf(error: Error | undefined): { field: string; message: string }[] {
  if (!(error instanceof ApiError)) return [];
  const told = error.fields.map(({ path, message }) => {
    const [, field = "", ...inner] = path.split(".");
    return {
      field,
      message: [inner.map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : part)).join(" "), message]
        .filter(Boolean)
        .join(": "),
    };
  });
  // A value that its type cannot hold is refused earlier, with its path in the message.
  const refused = error.errors.flatMap(({ message }) => {
    const field = /"input\.(\w+)/.exec(message)?.[1];
    return field ? [{ field, message }] : [];
  });
  return [...told, ...refused];
}
