import { request } from "../api/client";
import { type Document, graphql, type VariablesOf } from "../api/graphql";
import type { SubjectType } from "../subjects";
import { EDIT_DOCUMENTS } from "./documents.gen";

/** The fields of a subject as its form reads them. */
export type SubjectData = { version: number; slug: string; [field: string]: unknown };
/** A subject of another type, by its name; without a slug it is to be created. */
export type Reference = { slug?: string; name: string };

type Generated = typeof EDIT_DOCUMENTS;
export type CreateInput<T extends SubjectType> = VariablesOf<Generated[T]["create"]>["input"];
export type UpdateInput<T extends SubjectType> = VariablesOf<Generated[T]["update"]>["input"];

type Documents<T extends SubjectType> = {
  read: Document<{ subject: SubjectData | null }, { slug: string }>;
  find: Document<{ found: { nodes: { slug: string; name: string }[] } | null }, { search: string }>;
  create: Document<{ done: { subject: { slug: string } } | null }, { input: CreateInput<T>; reason?: string | null }>;
  update: Document<{ done: { subject: { slug: string } } | null }, { input: UpdateInput<T>; reason?: string | null }>;
  remove: Document<{ done: { revision: number } | null }, { input: { slug: string; expectedVersion?: number | null } }>;
};

const documents: { [T in SubjectType]: Documents<T> } = EDIT_DOCUMENTS;

/** The current state of a subject. Rejects with NOT_FOUND where there is none. */
export async function readSubject(type: SubjectType, slug: string): Promise<SubjectData> {
  return (await request(documents[type].read, { slug })).subject;
}

export function findDocument(type: SubjectType): Documents<SubjectType>["find"] {
  return documents[type].find;
}

/** Creates a subject and returns its slug. */
export async function createSubject<T extends SubjectType>(type: T, input: CreateInput<T>): Promise<string> {
  return (await request(documents[type].create, { input })).done.subject.slug;
}

/** Updates a subject. Without a reason the server refuses a value that contradicts its evidence. */
export async function updateSubject<T extends SubjectType>(
  type: T,
  input: UpdateInput<T>,
  reason: string,
): Promise<void> {
  await request(documents[type].update, { input, reason: reason.trim() || null });
}

export async function deleteSubject(type: SubjectType, slug: string, expectedVersion?: number): Promise<void> {
  await request(documents[type].remove, { input: { slug, expectedVersion } });
}

export const revertRevision = graphql(`
  mutation RevertRevision($input: RevertRevisionInput!) {
    revertRevision(input: $input) { outcome revision }
  }
`);
