// Generated from schema.graphql by facts.mjs. Do not edit.
import { graphql } from "../api/graphql";
import { linkFacts, datasetFacts, architectureFacts, sourceFacts, sourceSnapshotFacts, licenseFacts, licenseTermFacts, termConditionFacts, organizationFacts } from "../facts.gen";
import { evidenceDetails, models, revisions } from "./fragments";

/** The address and the name of a subject of any type. */
export const subjectName = graphql(`
  fragment SubjectName on Node {
    __typename
    ... on Model { slug name }
    ... on Dataset { slug name }
    ... on Architecture { slug name }
    ... on Source { slug name: title }
    ... on License { slug name }
    ... on Organization { slug name(language: $language) }
  }
`);

/** The queries of the pages and the lists of subjects. The pages of models have hand-written documents. */
export const SUBJECT_DOCUMENTS = {
  Dataset: {
    page: graphql(`
  query Dataset($slug: String!) {
    dataset(slug: $slug) {
      slug
      ...DatasetFacts
      license { slug name commercialUse }
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      evidence(first: 100) {
        totalCount
        nodes { ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`, [datasetFacts, linkFacts, models, revisions, evidenceDetails]),
    list: graphql(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),
  },
  Architecture: {
    page: graphql(`
  query Architecture($slug: String!) {
    architecture(slug: $slug) {
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`, [architectureFacts, linkFacts, models, revisions]),
    list: graphql(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),
  },
  Source: {
    page: graphql(`
  query Source($slug: String!, $language: Language) {
    source(slug: $slug) {
      slug
      name: title
      ...SourceFacts
      publisher { slug name(language: $language) }
      license { slug name commercialUse }
      derivedFrom { slug name: title }
      snapshots {
        ...SourceSnapshotFacts
      }
      version
      updatedAt
      evidence(first: 100) {
        totalCount
        nodes { about { __typename ...SubjectName ... on ModelSize { label model { slug name } } ... on Checkpoint { repository model { slug name } } } ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`, [sourceFacts, sourceSnapshotFacts, revisions, evidenceDetails, subjectName]),
    list: graphql(`
  query Sources($search: String, $after: String) {
    list: sources(first: 100, after: $after, search: $search, orderBy: [{ field: TITLE }]) {
      totalCount
      nodes { slug name: title }
      pageInfo { hasNextPage endCursor }
    }
  }
`),
  },
  License: {
    page: graphql(`
  query License($slug: String!, $language: Language) {
    license(slug: $slug) {
      slug
      ...LicenseFacts
      conditions(language: $language)
      terms {
        ...LicenseTermFacts
        when {
          ...TermConditionFacts
        }
        note(language: $language)
      }
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      sizes(first: 100) { totalCount nodes { label commercialUse model { slug name } } }
      evidence(first: 100) {
        totalCount
        nodes { ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`, [licenseFacts, licenseTermFacts, termConditionFacts, linkFacts, models, revisions, evidenceDetails]),
    list: graphql(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
      totalCount
      nodes { slug name commercialUse models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),
  },
  Organization: {
    page: graphql(`
  query Organization($slug: String!, $language: Language) {
    organization(slug: $slug) {
      slug
      ...OrganizationFacts
      name(language: $language)
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      evidence(first: 100) {
        totalCount
        nodes { ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`, [organizationFacts, models, revisions, evidenceDetails]),
    list: graphql(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
      totalCount
      nodes { slug name(language: $language) models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),
  },
};
