import { FIELDS, type PartType, type SUBJECTS } from "./facts.gen";
import type { TextKey } from "./i18n";

export type SubjectType = keyof typeof SUBJECTS;
/** A type whose fields are known: a subject type, or a part of one such as a size. */
export type FieldsType = SubjectType | PartType;

/** How the API and the pages name a subject type. */
export type SubjectInfo = {
  type: string;
  /** Its value in the enum SubjectType. */
  value: string;
  /** The query for one subject. */
  field: string;
  /** The query for all subjects, and their address. */
  path: string;
  /** The field with its name. */
  nameField: string;
  title: TextKey;
  newTitle: TextKey;
};

type Common = {
  /** The name in the inputs of the API. */
  name: string;
  label: TextKey;
  required?: boolean;
  /** The value that the API takes for an absent one. */
  default?: string;
  /** Whether evidence can be about it. */
  cited?: boolean;
  /** The field of the object that has the value stated for it; the one with the name has the value that applies. */
  stated?: string;
};

/** A field with one value, or with a list of texts or choices. */
export type FactField = Common &
  (
    | { kind: "text" | "texts" | "url" | "amount" | "boolean" }
    /** `whole`: without a fraction. */
    | { kind: "number"; whole?: boolean }
    /** `day`: a year or a month is not enough. */
    | { kind: "date"; day?: boolean }
    | { kind: "choice" | "choices"; of: string; values: readonly string[] }
  );

/** A field of a form. */
export type Field =
  | FactField
  | (Common & {
      /** `source`: the field of the object that has the text. */
      kind: "localized";
      source: string;
    })
  | (Common & {
      kind: "reference" | "references";
      of: SubjectType;
      /** Whether the input takes the slug alone. */
      bySlug?: boolean;
    })
  | (Common & { kind: "part" | "parts"; of: PartType });

type Fields<T extends FieldsType> = (typeof FIELDS)[T][number];
export type FieldName<T extends FieldsType> = Fields<T>["name"];

export function isFact(field: Field): field is FactField {
  return !["localized", "reference", "references", "part", "parts"].includes(field.kind);
}

export function fieldsOf(type: FieldsType): readonly Field[] {
  return FIELDS[type];
}

/** The fields of a type in the order of a page: the listed ones first, then all others. */
export function arrangeFields<T extends FieldsType>(
  type: T,
  named: readonly FieldName<T>[],
  leftOut: readonly FieldName<T>[] = [],
): Field[] {
  const fields = fieldsOf(type);
  const first = named.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const listed = new Set<string>([...named, ...leftOut]);
  return [...first, ...fields.filter(({ name }) => !listed.has(name))];
}
