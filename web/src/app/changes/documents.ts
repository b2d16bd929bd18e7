import { graphql } from "../api/graphql";
import { subjectName } from "../subjects/documents.gen";

/** A page of revisions, oldest first. */
export const revisionsDocument = graphql(
  `
    query Revisions($where: RevisionFilter, $before: String, $language: Language) {
      catalog { revision }
      revisions(last: 30, before: $before, where: $where) {
        nodes {
          number
          createdAt
          actor
          proposer
          reason
          action
          subjectType
          subjectSlug
          subject { ...SubjectName }
          changes { field before after }
        }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  `,
  [subjectName],
);

/** The numbers of new revisions. */
export const liveDocument = graphql(`
  subscription Live($after: Int) {
    revisions(after: $after) { number }
  }
`);
