import { liveDocument, revisionsDocument } from "./changes/documents";
import { EDIT_DOCUMENTS } from "./edit/documents.gen";
import { checkpointsDocument, proposeDocument, withdrawDocument } from "./edit/proposal-documents";
import { compareDocument, modelDocument } from "./model/document";
import { searchDocument } from "./search/document";
import { OTHER_SUBJECTS } from "./subjects";
import { SUBJECT_DOCUMENTS } from "./subjects/documents.gen";

/** The documents of the pages that the server renders, and of their scripts, by the name of the file that the build writes. */
export const SERVER_QUERIES: Record<string, unknown> = {
  model: modelDocument,
  compare: compareDocument,
  revisions: revisionsDocument,
  live: liveDocument,
  search: searchDocument,
  ...Object.fromEntries(
    OTHER_SUBJECTS.flatMap(({ type, field, path }) => [
      [field, SUBJECT_DOCUMENTS[type].page],
      [path, SUBJECT_DOCUMENTS[type].list],
    ]),
  ),
};

/** The other documents that scripts send without a token: those of the forms, with which everybody may propose changes. */
export const FORM_DOCUMENTS: unknown[] = [
  proposeDocument,
  withdrawDocument,
  checkpointsDocument,
  ...Object.values(EDIT_DOCUMENTS).flatMap(({ read, find }) => [read, find]),
];
