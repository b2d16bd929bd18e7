import{Q as e}from"./chunk-TZE2T6DJ.js";var n=e(`
  query EditModel($slug: String!) {
    subject: model(slug: $slug) {
      version
      slug
      name
      aliases
      kind
      position
      zh: summary(language: ZH)
      en: summary(language: EN)
      releaseDate
      commercialUse
      organizations { slug name }
      license { slug name commercialUse }
      architecture { slug name }
      baseModel { slug name }
      datasets { slug name }
      dataScale { text amount unit }
      trainingFlops
      links { kind title url }
      sizes { label parameters activeParameters trainingTokens license { slug } }
    }
  }
`),i=e(`
  query EditDataset($slug: String!) {
    subject: dataset(slug: $slug) {
      version
      slug
      name
      tokens
      bytes
      license { slug name }
      links { kind title url }
    }
  }
`),u=e(`
  query EditLicense($slug: String!) {
    subject: license(slug: $slug) {
      version
      slug
      name
      spdxId
      commercialUse
      url
      zh: conditions(language: ZH)
      en: conditions(language: EN)
      links { kind title url }
    }
  }
`),a=e(`
  query EditOrganization($slug: String!) {
    subject: organization(slug: $slug) {
      version
      slug
      name
      zh: name(language: ZH)
      en: name(language: EN)
    }
  }
`),s=e(`
  query EditArchitecture($slug: String!) {
    subject: architecture(slug: $slug) {
      version
      slug
      name
      links { kind title url }
    }
  }
`),o=e(`
  mutation CreateModel($input: CreateModelInput!) {
    done: createModel(input: $input) { subject: model { slug } }
  }
`),r=e(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    done: createDataset(input: $input) { subject: dataset { slug } }
  }
`),c=e(`
  mutation CreateLicense($input: CreateLicenseInput!) {
    done: createLicense(input: $input) { subject: license { slug } }
  }
`),p=e(`
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    done: createOrganization(input: $input) { subject: organization { slug } }
  }
`),l=e(`
  mutation CreateArchitecture($input: CreateArchitectureInput!) {
    done: createArchitecture(input: $input) { subject: architecture { slug } }
  }
`),d=e(`
  mutation UpdateModel($input: UpdateModelInput!) {
    done: updateModel(input: $input) { subject: model { slug } }
  }
`),g=e(`
  mutation UpdateDataset($input: UpdateDatasetInput!) {
    done: updateDataset(input: $input) { subject: dataset { slug } }
  }
`),m=e(`
  mutation UpdateLicense($input: UpdateLicenseInput!) {
    done: updateLicense(input: $input) { subject: license { slug } }
  }
`),$=e(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!) {
    done: updateOrganization(input: $input) { subject: organization { slug } }
  }
`),D=e(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!) {
    done: updateArchitecture(input: $input) { subject: architecture { slug } }
  }
`),x=e(`
  mutation DeleteModel($input: DeleteInput!) {
    done: deleteModel(input: $input) { revision }
  }
`),h=e(`
  mutation DeleteDataset($input: DeleteInput!) {
    done: deleteDataset(input: $input) { revision }
  }
`),z=e(`
  mutation DeleteLicense($input: DeleteInput!) {
    done: deleteLicense(input: $input) { revision }
  }
`),v=e(`
  mutation DeleteOrganization($input: DeleteInput!) {
    done: deleteOrganization(input: $input) { revision }
  }
`),b=e(`
  mutation DeleteArchitecture($input: DeleteInput!) {
    done: deleteArchitecture(input: $input) { revision }
  }
`),I=e(`
  mutation RevertRevision($input: RevertRevisionInput!) {
    revertRevision(input: $input) { outcome revision }
  }
`);export{n as a,i as b,u as c,a as d,s as e,o as f,r as g,c as h,p as i,l as j,d as k,g as l,m,$ as n,D as o,x as p,h as q,z as r,v as s,b as t,I as u};
