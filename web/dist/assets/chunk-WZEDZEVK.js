import{d as s,e as r,f as c,g as a,h as o,i as p,j as d,k as l,l as g,m,n as $,o as S,p as b,q as h}from"./chunk-63ZM2M6T.js";import{t as u,u as e}from"./chunk-MAKEJIST.js";var y={Model:{read:e(`
  query EditModel($slug: String!) {
    subject: model(slug: $slug) {
      version
      slug
      ...ModelFacts
      modalities {
        ...ModalitiesFacts
      }
      summaryZh: summary(language: ZH)
      summaryEn: summary(language: EN)
      organizations { slug name }
      license { slug name commercialUse }
      architecture { slug name }
      baseModel { slug name commercialUse }
      datasets { slug name }
      dataScale {
        ...DataScaleFacts
      }
      links {
        ...LinkFacts
      }
      sizes {
        ...ModelSizeFacts
        statedModalities {
          ...ModalitiesFacts
        }
        cacheLayers {
          ...CacheLayersFacts
        }
        statedLicense { slug name commercialUse }
      }
    }
  }
`,[s,r,c,a,o,p]),find:e(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),create:e(`
  mutation CreateModel($input: CreateModelInput!) {
    done: createModel(input: $input) { subject: model { slug } }
  }
`),update:e(`
  mutation UpdateModel($input: UpdateModelInput!) {
    done: updateModel(input: $input) { subject: model { slug } }
  }
`),remove:e(`
  mutation DeleteModel($input: DeleteInput!) {
    done: deleteModel(input: $input) { revision }
  }
`)},Dataset:{read:e(`
  query EditDataset($slug: String!) {
    subject: dataset(slug: $slug) {
      version
      slug
      ...DatasetFacts
      license { slug name commercialUse }
      links {
        ...LinkFacts
      }
    }
  }
`,[d,a]),find:e(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),create:e(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    done: createDataset(input: $input) { subject: dataset { slug } }
  }
`),update:e(`
  mutation UpdateDataset($input: UpdateDatasetInput!) {
    done: updateDataset(input: $input) { subject: dataset { slug } }
  }
`),remove:e(`
  mutation DeleteDataset($input: DeleteInput!) {
    done: deleteDataset(input: $input) { revision }
  }
`)},Architecture:{read:e(`
  query EditArchitecture($slug: String!) {
    subject: architecture(slug: $slug) {
      version
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
    }
  }
`,[l,a]),find:e(`
  query FindArchitecture($search: String!) {
    found: architectures(first: 6, search: $search) { nodes { slug name } }
  }
`),create:e(`
  mutation CreateArchitecture($input: CreateArchitectureInput!) {
    done: createArchitecture(input: $input) { subject: architecture { slug } }
  }
`),update:e(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!) {
    done: updateArchitecture(input: $input) { subject: architecture { slug } }
  }
`),remove:e(`
  mutation DeleteArchitecture($input: DeleteInput!) {
    done: deleteArchitecture(input: $input) { revision }
  }
`)},Source:{read:e(`
  query EditSource($slug: String!) {
    subject: source(slug: $slug) {
      version
      slug
      ...SourceFacts
      publisher { slug name }
      license { slug name commercialUse }
      derivedFrom { slug name: title }
      snapshots {
        ...SourceSnapshotFacts
      }
    }
  }
`,[g,m]),find:e(`
  query FindSource($search: String!) {
    found: sources(first: 6, search: $search) { nodes { slug name: title } }
  }
`),create:e(`
  mutation CreateSource($input: CreateSourceInput!) {
    done: createSource(input: $input) { subject: source { slug } }
  }
`),update:e(`
  mutation UpdateSource($input: UpdateSourceInput!) {
    done: updateSource(input: $input) { subject: source { slug } }
  }
`),remove:e(`
  mutation DeleteSource($input: DeleteInput!) {
    done: deleteSource(input: $input) { revision }
  }
`)},License:{read:e(`
  query EditLicense($slug: String!) {
    subject: license(slug: $slug) {
      version
      slug
      ...LicenseFacts
      conditionsZh: conditions(language: ZH)
      conditionsEn: conditions(language: EN)
      terms {
        ...LicenseTermFacts
        when {
          ...TermConditionFacts
        }
        noteZh: note(language: ZH)
        noteEn: note(language: EN)
      }
      links {
        ...LinkFacts
      }
    }
  }
`,[$,S,b,a]),find:e(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),create:e(`
  mutation CreateLicense($input: CreateLicenseInput!) {
    done: createLicense(input: $input) { subject: license { slug } }
  }
`),update:e(`
  mutation UpdateLicense($input: UpdateLicenseInput!) {
    done: updateLicense(input: $input) { subject: license { slug } }
  }
`),remove:e(`
  mutation DeleteLicense($input: DeleteInput!) {
    done: deleteLicense(input: $input) { revision }
  }
`)},Organization:{read:e(`
  query EditOrganization($slug: String!) {
    subject: organization(slug: $slug) {
      version
      slug
      ...OrganizationFacts
      name
      localizedNameZh: name(language: ZH)
      localizedNameEn: name(language: EN)
    }
  }
`,[h]),find:e(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),create:e(`
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    done: createOrganization(input: $input) { subject: organization { slug } }
  }
`),update:e(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!) {
    done: updateOrganization(input: $input) { subject: organization { slug } }
  }
`),remove:e(`
  mutation DeleteOrganization($input: DeleteInput!) {
    done: deleteOrganization(input: $input) { revision }
  }
`)}};var i=y;async function z(t,n){return(await u(i[t].read,{slug:n})).subject}function U(t){return i[t].find}async function C(t,n){return(await u(i[t].create,{input:n})).done.subject.slug}async function L(t,n){await u(i[t].update,{input:n})}async function E(t,n,D){await u(i[t].remove,{input:{slug:n,expectedVersion:D}})}var M=e(`
  mutation RevertRevision($input: RevertRevisionInput!) {
    revertRevision(input: $input) { outcome revision }
  }
`);export{z as a,U as b,C as c,L as d,E as e,M as f};
