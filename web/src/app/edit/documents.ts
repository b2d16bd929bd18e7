import { graphql } from "../api/graphql";

export const editModelDocument = graphql(`
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
`);

export const editDatasetDocument = graphql(`
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
`);

export const editLicenseDocument = graphql(`
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
`);

export const editOrganizationDocument = graphql(`
  query EditOrganization($slug: String!) {
    subject: organization(slug: $slug) {
      version
      slug
      name
      zh: name(language: ZH)
      en: name(language: EN)
    }
  }
`);

export const editArchitectureDocument = graphql(`
  query EditArchitecture($slug: String!) {
    subject: architecture(slug: $slug) {
      version
      slug
      name
      links { kind title url }
    }
  }
`);

export const createModel = graphql(`
  mutation CreateModel($input: CreateModelInput!) {
    done: createModel(input: $input) { subject: model { slug } }
  }
`);
export const createDataset = graphql(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    done: createDataset(input: $input) { subject: dataset { slug } }
  }
`);
export const createLicense = graphql(`
  mutation CreateLicense($input: CreateLicenseInput!) {
    done: createLicense(input: $input) { subject: license { slug } }
  }
`);
export const createOrganization = graphql(`
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    done: createOrganization(input: $input) { subject: organization { slug } }
  }
`);
export const createArchitecture = graphql(`
  mutation CreateArchitecture($input: CreateArchitectureInput!) {
    done: createArchitecture(input: $input) { subject: architecture { slug } }
  }
`);

export const updateModel = graphql(`
  mutation UpdateModel($input: UpdateModelInput!) {
    done: updateModel(input: $input) { subject: model { slug } }
  }
`);
export const updateDataset = graphql(`
  mutation UpdateDataset($input: UpdateDatasetInput!) {
    done: updateDataset(input: $input) { subject: dataset { slug } }
  }
`);
export const updateLicense = graphql(`
  mutation UpdateLicense($input: UpdateLicenseInput!) {
    done: updateLicense(input: $input) { subject: license { slug } }
  }
`);
export const updateOrganization = graphql(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!) {
    done: updateOrganization(input: $input) { subject: organization { slug } }
  }
`);
export const updateArchitecture = graphql(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!) {
    done: updateArchitecture(input: $input) { subject: architecture { slug } }
  }
`);

export const deleteModel = graphql(`
  mutation DeleteModel($input: DeleteInput!) {
    done: deleteModel(input: $input) { revision }
  }
`);
export const deleteDataset = graphql(`
  mutation DeleteDataset($input: DeleteInput!) {
    done: deleteDataset(input: $input) { revision }
  }
`);
export const deleteLicense = graphql(`
  mutation DeleteLicense($input: DeleteInput!) {
    done: deleteLicense(input: $input) { revision }
  }
`);
export const deleteOrganization = graphql(`
  mutation DeleteOrganization($input: DeleteInput!) {
    done: deleteOrganization(input: $input) { revision }
  }
`);
export const deleteArchitecture = graphql(`
  mutation DeleteArchitecture($input: DeleteInput!) {
    done: deleteArchitecture(input: $input) { revision }
  }
`);

export const revertRevision = graphql(`
  mutation RevertRevision($input: RevertRevisionInput!) {
    revertRevision(input: $input) { outcome revision }
  }
`);
