import{d as s,e as r,f as a,g as c,h as o,i as p,j as d,k as l,l as g}from"./chunk-7OXLU6LH.js";import{t as i,u as e}from"./chunk-BXYDECRF.js";var m={Model:{read:e(`
  query EditModel($slug: String!) {
    subject: model(slug: $slug) {
      version
      slug
      ...ModelFacts
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
        statedLicense { slug name commercialUse }
      }
    }
  }
`,[s,r,a,c]),find:e(`
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
`,[o,a]),find:e(`
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
`,[p,a]),find:e(`
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
`,[d,l,g,a]),find:e(`
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
      name
      localizedNameZh: name(language: ZH)
      localizedNameEn: name(language: EN)
    }
  }
`),find:e(`
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
`)}};var u=m;async function S(t,n){return(await i(u[t].read,{slug:n})).subject}function T(t){return u[t].find}async function v(t,n){return(await i(u[t].create,{input:n})).done.subject.slug}async function F(t,n){await i(u[t].update,{input:n})}async function I(t,n,$){await i(u[t].remove,{input:{slug:n,expectedVersion:$}})}var z=e(`
  mutation RevertRevision($input: RevertRevisionInput!) {
    revertRevision(input: $input) { outcome revision }
  }
`);export{S as a,T as b,v as c,F as d,I as e,z as f};
