import { graphql } from "../api/graphql";

export type Noun = "dataset" | "license" | "organization" | "architecture";

const models = graphql(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxParameters maxTrainingTokens sizes { label } }
  }
`);

const revisions = graphql(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor action changes { field before after } }
  }
`);

export const datasetDocument = graphql(
  `
    query Dataset($slug: String!) {
      dataset(slug: $slug) {
        slug
        name
        tokens
        bytes
        version
        updatedAt
        license { slug name commercialUse }
        links { kind title url }
        models(first: 100) { ...Models }
        revisions(last: 20) { ...Revisions }
      }
    }
  `,
  [models, revisions],
);

export const licenseDocument = graphql(
  `
    query License($slug: String!, $language: Language) {
      license(slug: $slug) {
        slug
        name
        spdxId
        commercialUse
        url
        conditions(language: $language)
        version
        updatedAt
        links { kind title url }
        models(first: 100) { ...Models }
        revisions(last: 20) { ...Revisions }
      }
    }
  `,
  [models, revisions],
);

export const organizationDocument = graphql(
  `
    query Organization($slug: String!, $language: Language) {
      organization(slug: $slug) {
        slug
        name(language: $language)
        version
        updatedAt
        models(first: 100) { ...Models }
        revisions(last: 20) { ...Revisions }
      }
    }
  `,
  [models, revisions],
);

export const architectureDocument = graphql(
  `
    query Architecture($slug: String!) {
      architecture(slug: $slug) {
        slug
        name
        version
        updatedAt
        links { kind title url }
        models(first: 100) { ...Models }
        revisions(last: 20) { ...Revisions }
      }
    }
  `,
  [models, revisions],
);

/** A page of all subjects of a noun, with how many models each has. */
export const datasetsDocument = graphql(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const licensesDocument = graphql(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name commercialUse models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const organizationsDocument = graphql(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name(language: $language) models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const architecturesDocument = graphql(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
