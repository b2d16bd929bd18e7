import { liveDocument, revisionsDocument } from "./changes/documents";
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
