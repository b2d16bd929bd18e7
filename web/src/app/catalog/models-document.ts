import { graphql, type DataOf } from "../api/graphql";

/** A page of the table. The server runs the same query for the first page. */
export const modelsDocument = graphql(`
  query Models(
    $first: Int!
    $after: String
    $where: ModelFilter
    $search: String
    $orderBy: [ModelOrder!]
    $language: Language
  ) {
    models(first: $first, after: $after, where: $where, search: $search, orderBy: $orderBy) {
      nodes {
        slug
        name
        aliases
        kind
        commercialUse
        releaseDate
        maxTrainingTokens
        dataScale { text }
        sizes { label commercialUse }
        license { slug name }
        organizations { slug name(language: $language) }
        links { kind title url }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type ModelRow = DataOf<typeof modelsDocument>["models"]["nodes"][number];
