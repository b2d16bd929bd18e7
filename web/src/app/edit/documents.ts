import { request } from "../api/client";
import { type DataOf, type Document, graphql, type VariablesOf } from "../api/graphql";
import type { SubjectType } from "../subjects";
import { EDIT_DOCUMENTS } from "./documents.gen";
import { checkpointsDocument, proposeDocument, withdrawDocument } from "./proposal-documents";

/** The fields of a subject as its form reads them. */
export type SubjectData = { version: number; slug: string; [field: string]: unknown };
/** Another subject, by its name. `create`: the input of one that the same proposal creates. */
export type Reference = { slug: string; name: string; create?: object };
/** The subject after a mutation. */
export type Saved = { slug: string; version: number };

type Generated = typeof EDIT_DOCUMENTS;
export type CreateInput<T extends SubjectType> = VariablesOf<Generated[T]["create"]>["input"];
export type UpdateInput<T extends SubjectType> = VariablesOf<Generated[T]["update"]>["input"];

type Found = { nodes: { slug: string; name: string; url?: string | null }[] };
type Documents<T extends SubjectType> = {
  read: Document<{ subject: SubjectData | null }, { slug: string }>;
  find: Document<{ found: Found | null }, { search: string }>;
  create: Document<{ done: { subject: Saved } | null }, { input: CreateInput<T>; reason?: string | null }>;
  update: Document<{ done: { subject: Saved } | null }, { input: UpdateInput<T>; reason?: string | null }>;
  remove: Document<
    { done: { revision: number } | null },
    { input: { slug: string; expectedVersion?: number | null }; reason?: string | null }
  >;
};

const documents: { [T in SubjectType]: Documents<T> } = EDIT_DOCUMENTS;

/** The current state of a subject. Rejects with NOT_FOUND where there is none. */
export async function readSubject(type: SubjectType, slug: string): Promise<SubjectData> {
  return (await request(documents[type].read, { slug })).subject;
}

export function findDocument(type: SubjectType): Documents<SubjectType>["find"] {
  return documents[type].find;
}

export async function createSubject<T extends SubjectType>(
  type: T,
  input: CreateInput<T>,
  reason = "",
): Promise<Saved> {
  return (await request(documents[type].create, { input, reason: reason.trim() || null })).done.subject;
}

/** Updates a subject. Without a reason the server refuses a value that contradicts its evidence. */
export async function updateSubject<T extends SubjectType>(
  type: T,
  input: UpdateInput<T>,
  reason: string,
): Promise<Saved> {
  return (await request(documents[type].update, { input, reason: reason.trim() || null })).done.subject;
}

/** The changes of a subject that can be proposed, with the inputs of their mutations. */
type ProposedInput<T extends SubjectType> = {
  create: CreateInput<T>;
  update: UpdateInput<T>;
  delete: { slug: string; expectedVersion?: number };
};

/** Proposes a change of a subject. Returns what withdraws the proposal. */
export async function propose<T extends SubjectType, Action extends keyof ProposedInput<T>>(
  action: Action,
  type: T,
  input: ProposedInput<T>[Action],
  reason: string,
  contact: string,
): Promise<() => Promise<void>> {
  return proposeChange({ [`${action}${type}`]: input } as Change, reason, contact);
}

type Change = VariablesOf<typeof proposeDocument>["input"];

/** Proposes a change of the checkpoints of a model, as [`propose`] does one of a subject. */
export async function proposeCheckpoints(
  input: CheckpointsInput,
  reason: string,
  contact: string,
): Promise<() => Promise<void>> {
  return proposeChange({ updateCheckpoints: input }, reason, contact);
}

async function proposeChange(input: Change, reason: string, contact: string): Promise<() => Promise<void>> {
  const variables = { input, reason: reason.trim(), contact: contact.trim() || null };
  const { secret, proposal } = (await request(proposeDocument, variables)).proposeChange;
  return async () => void (await request(withdrawDocument, { input: { id: proposal.id, secret } }));
}

/** Deletes a subject and returns the number of the revision. */
export async function deleteSubject(
  type: SubjectType,
  slug: string,
  expectedVersion?: number,
  reason = "",
): Promise<number> {
  const variables = { input: { slug, expectedVersion }, reason: reason.trim() || null };
  return (await request(documents[type].remove, variables)).done.revision;
}

const revertDocument = graphql(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);

/** Undoes a revision. Needs an admin. */
export async function revertRevision(number: number, force = false): Promise<void> {
  await request(revertDocument, { input: { number, force } });
}

export type CheckpointData = NonNullable<DataOf<typeof checkpointsDocument>["model"]>["checkpoints"]["nodes"][number];

/** The checkpoints of a model with what is stated for them, and the version of the model. */
export async function readCheckpoints(slug: string): Promise<{ version: number; checkpoints: CheckpointData[] }> {
  const checkpoints: CheckpointData[] = [];
  for (let after: string | null = null; ;) {
    const { model }: DataOf<typeof checkpointsDocument> = await request(checkpointsDocument, { slug, after });
    checkpoints.push(...model.checkpoints.nodes);
    after = model.checkpoints.pageInfo.hasNextPage ? model.checkpoints.pageInfo.endCursor : null;
    if (after === null) return { version: model.version, checkpoints };
  }
}

const updateCheckpointsDocument = graphql(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);
export type CheckpointsInput = VariablesOf<typeof updateCheckpointsDocument>["input"];

export async function updateCheckpoints(input: CheckpointsInput, reason: string): Promise<Saved> {
  const { updateCheckpoints } = await request(updateCheckpointsDocument, { input, reason: reason.trim() || null });
  return updateCheckpoints.model;
}
