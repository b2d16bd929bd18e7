// Generated from schema.graphql by facts.mjs. Do not edit.
import { graphql } from "../api/graphql";
import { modelFacts, modalitiesFacts, dataScaleFacts, linkFacts, modelSizeFacts, cacheLayersFacts, datasetFacts, architectureFacts, sourceFacts, sourceSnapshotFacts, licenseFacts, licenseTermFacts, termConditionFacts, organizationFacts } from "../facts.gen";

/** The documents of the forms. */
export const EDIT_DOCUMENTS = {
  Model: {
    read: graphql(`
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
`, [modelFacts, modalitiesFacts, dataScaleFacts, linkFacts, modelSizeFacts, cacheLayersFacts]),
    find: graphql(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateModel($input: CreateModelInput!) {
    done: createModel(input: $input) { subject: model { slug } }
  }
`),
    update: graphql(`
  mutation UpdateModel($input: UpdateModelInput!) {
    done: updateModel(input: $input) { subject: model { slug } }
  }
`),
    remove: graphql(`
  mutation DeleteModel($input: DeleteInput!) {
    done: deleteModel(input: $input) { revision }
  }
`),
  },
  Dataset: {
    read: graphql(`
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
`, [datasetFacts, linkFacts]),
    find: graphql(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    done: createDataset(input: $input) { subject: dataset { slug } }
  }
`),
    update: graphql(`
  mutation UpdateDataset($input: UpdateDatasetInput!) {
    done: updateDataset(input: $input) { subject: dataset { slug } }
  }
`),
    remove: graphql(`
  mutation DeleteDataset($input: DeleteInput!) {
    done: deleteDataset(input: $input) { revision }
  }
`),
  },
  Architecture: {
    read: graphql(`
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
`, [architectureFacts, linkFacts]),
    find: graphql(`
  query FindArchitecture($search: String!) {
    found: architectures(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateArchitecture($input: CreateArchitectureInput!) {
    done: createArchitecture(input: $input) { subject: architecture { slug } }
  }
`),
    update: graphql(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!) {
    done: updateArchitecture(input: $input) { subject: architecture { slug } }
  }
`),
    remove: graphql(`
  mutation DeleteArchitecture($input: DeleteInput!) {
    done: deleteArchitecture(input: $input) { revision }
  }
`),
  },
  Source: {
    read: graphql(`
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
`, [sourceFacts, sourceSnapshotFacts]),
    find: graphql(`
  query FindSource($search: String!) {
    found: sources(first: 6, search: $search) { nodes { slug name: title } }
  }
`),
    create: graphql(`
  mutation CreateSource($input: CreateSourceInput!) {
    done: createSource(input: $input) { subject: source { slug } }
  }
`),
    update: graphql(`
  mutation UpdateSource($input: UpdateSourceInput!) {
    done: updateSource(input: $input) { subject: source { slug } }
  }
`),
    remove: graphql(`
  mutation DeleteSource($input: DeleteInput!) {
    done: deleteSource(input: $input) { revision }
  }
`),
  },
  License: {
    read: graphql(`
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
`, [licenseFacts, licenseTermFacts, termConditionFacts, linkFacts]),
    find: graphql(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateLicense($input: CreateLicenseInput!) {
    done: createLicense(input: $input) { subject: license { slug } }
  }
`),
    update: graphql(`
  mutation UpdateLicense($input: UpdateLicenseInput!) {
    done: updateLicense(input: $input) { subject: license { slug } }
  }
`),
    remove: graphql(`
  mutation DeleteLicense($input: DeleteInput!) {
    done: deleteLicense(input: $input) { revision }
  }
`),
  },
  Organization: {
    read: graphql(`
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
`, [organizationFacts]),
    find: graphql(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    done: createOrganization(input: $input) { subject: organization { slug } }
  }
`),
    update: graphql(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!) {
    done: updateOrganization(input: $input) { subject: organization { slug } }
  }
`),
    remove: graphql(`
  mutation DeleteOrganization($input: DeleteInput!) {
    done: deleteOrganization(input: $input) { revision }
  }
`),
  },
};
