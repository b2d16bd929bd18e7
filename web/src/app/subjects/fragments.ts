import { graphql } from "../api/graphql";

export const models = graphql(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxTrainingTokens sizes { label commercialUse } }
  }
`);

export const revisions = graphql(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor reason action changes { field before after } }
  }
`);
