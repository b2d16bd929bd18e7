import{g as a,j as r,k as n,l as i,m as o,n as l,o as g,p as u,q as c}from"./chunk-3D2QGBJP.js";import{C as e}from"./chunk-DNN3VBVF.js";var t=e(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxTrainingTokens sizes { label commercialUse } }
  }
`),s=e(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor reason action changes { field before after } }
  }
`);var p={Dataset:{page:e(`
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
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[r,a,t,s]),list:e(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Architecture:{page:e(`
  query Architecture($slug: String!) {
    architecture(slug: $slug) {
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[n,a,t,s]),list:e(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Source:{page:e(`
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
      revisions(last: 20) { ...Revisions }
    }
  }
`,[i,o,s]),list:e(`
  query Sources($search: String, $after: String) {
    list: sources(first: 100, after: $after, search: $search, orderBy: [{ field: TITLE }]) {
      totalCount
      nodes { slug name: title }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},License:{page:e(`
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
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[l,g,u,a,t,s]),list:e(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name commercialUse models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Organization:{page:e(`
  query Organization($slug: String!, $language: Language) {
    organization(slug: $slug) {
      slug
      ...OrganizationFacts
      name(language: $language)
      version
      updatedAt
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[c,t,s]),list:e(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name(language: $language) models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)}};export{p as a};
