import { graphql } from "../api/graphql";

/** Models with known parameters and training tokens. */
export const pointsDocument = graphql(`
  query Points($search: String, $where: ModelFilter, $after: String) {
    models(
      first: 100
      after: $after
      search: $search
      where: $where
      orderBy: [{ field: MAX_TRAINING_TOKENS, direction: DESC }]
    ) {
      totalCount
      nodes { slug name commercialUse maxParameters maxTrainingTokens }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** The number of models by license, and by release year for each commercial use. */
export const countsDocument = graphql(`
  query Counts(
    $search: String
    $where: ModelFilter
    $allowed: ModelFilter
    $conditional: ModelFilter
    $required: ModelFilter
    $prohibited: ModelFilter
    $varies: ModelFilter
    $unknown: ModelFilter
  ) {
    all: models(first: 1, search: $search, where: $where) { totalCount facets { licenses { value label count } } }
    ALLOWED: models(first: 1, search: $search, where: $allowed) { facets { releaseYears { value count } } }
    CONDITIONAL: models(first: 1, search: $search, where: $conditional) { facets { releaseYears { value count } } }
    AUTHORIZATION_REQUIRED: models(first: 1, search: $search, where: $required) { facets { releaseYears { value count } } }
    PROHIBITED: models(first: 1, search: $search, where: $prohibited) { facets { releaseYears { value count } } }
    VARIES: models(first: 1, search: $search, where: $varies) { facets { releaseYears { value count } } }
    UNKNOWN: models(first: 1, search: $search, where: $unknown) { facets { releaseYears { value count } } }
  }
`);
