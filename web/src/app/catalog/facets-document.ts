import { graphql } from "../api/graphql";

/** The facets of the matching models, with their counts. */
export const facetsDocument = graphql(`
  query Facets(
    $search: String
    $where: ModelFilter
    $uses: ModelFilter
    $licenses: ModelFilter
    $makers: ModelFilter
    $kinds: ModelFilter
    $years: ModelFilter
    $sizes: ModelFilter
    $tokens: ModelFilter
  ) {
    all: models(first: 1, search: $search, where: $where) { totalCount }
    use: models(first: 1, search: $search, where: $uses) { facets { values: commercialUse { value label count } } }
    license: models(first: 1, search: $search, where: $licenses) { facets { values: licenses { value label count } } }
    maker: models(first: 1, search: $search, where: $makers) { facets { values: organizations { value label count } } }
    kind: models(first: 1, search: $search, where: $kinds) { facets { values: kinds { value label count } } }
    year: models(first: 1, search: $search, where: $years) { facets { values: releaseYears { value label count } } }
    size: models(first: 1, search: $search, where: $sizes) { facets { values: parameters { value label count } } }
    tokens: models(first: 1, search: $search, where: $tokens) { facets { values: trainingTokens { value label count } } }
  }
`);
