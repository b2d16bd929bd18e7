import { graphql, type ResultOf, type VariablesOf } from "../api/graphql";

const revisionFacts = graphql(`
  fragment RevisionFacts on Revision {
    number
    createdAt
    actor
    reason
    action
    subjectType
    subjectSlug
    changes { field before after }
  }
`);

/** A page of revisions, oldest first. */
export const revisionsDocument = graphql(
  `
    query Revisions($where: RevisionFilter, $before: String) {
      catalog { revision }
      revisions(last: 30, before: $before, where: $where) {
        nodes { ...RevisionFacts }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  `,
  [revisionFacts],
);

/** Revisions from the time they are committed. */
export const liveDocument = graphql(
  `
    subscription Live($after: Int) {
      revisions(after: $after) { ...RevisionFacts }
    }
  `,
  [revisionFacts],
);

export type Revision = ResultOf<typeof revisionFacts>;
export type Where = NonNullable<VariablesOf<typeof revisionsDocument>["where"]>;
