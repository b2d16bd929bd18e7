import { SUBJECTS } from "./facts.gen";
import type { SubjectType } from "./fields";

export type { SubjectType } from "./fields";
export type Subject = (typeof SUBJECTS)[SubjectType];

/** All subject types, in the order of the API. A new type of the schema needs nothing here. */
export const ALL_SUBJECTS: readonly Subject[] = Object.values(SUBJECTS);

/** The subject types whose pages are made from their fields; models have pages of their own. */
export const OTHER_SUBJECTS = ALL_SUBJECTS.filter((subject): subject is OtherSubject => subject.type !== "Model");
export type OtherSubject = Exclude<Subject, { type: "Model" }>;

export function subjectOf(type: SubjectType): Subject {
  return SUBJECTS[type];
}

/** The subject type with this value in the enum SubjectType. */
export function subjectByValue(value: string | null): Subject | undefined {
  return ALL_SUBJECTS.find((subject) => subject.value === value);
}

/** The address of a subject's page. */
export function subjectAddress(type: SubjectType, slug: string): string {
  return `/${SUBJECTS[type].path}/${slug}`;
}

/** The address of the list that a subject is in. */
export function listAddress(type: SubjectType): string {
  return type === "Model" ? "/" : `/${SUBJECTS[type].path}`;
}
