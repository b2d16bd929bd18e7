import{Q as e}from"./chunk-TZE2T6DJ.js";var t=e(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxParameters maxTrainingTokens sizes { label } }
  }
`),s=e(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor action changes { field before after } }
  }
`),n=e(`
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
  `,[t,s]),r=e(`
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
  `,[t,s]),o=e(`
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
  `,[t,s]),i=e(`
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
  `,[t,s]),l=e(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),u=e(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name commercialUse models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),g=e(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name(language: $language) models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),c=e(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);export{n as a,r as b,o as c,i as d,l as e,u as f,g,c as h};
