import { graphql } from "../api/graphql";

/** A search over all subjects, and the number of models that it filters. */
export const searchDocument = graphql(`
  query Search($query: String!, $language: Language) {
    search(query: $query, first: 40) {
      totalCount
      nodes {
        __typename
        ... on Model { slug name maxParameters releaseDate commercialUse organizations { name(language: $language) } }
        ... on Dataset { slug name }
        ... on License { slug name commercialUse }
        ... on Organization { slug name(language: $language) country }
        ... on Architecture { slug name }
        ... on Source { slug title }
      }
    }
    models(search: $query, first: 1) { totalCount }
  }
`);
