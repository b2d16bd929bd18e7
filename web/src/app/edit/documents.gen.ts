// Generated from schema.graphql by facts.mjs. Do not edit.
import { graphql } from "../api/graphql";
import { modelFacts, modalitiesFacts, modelBaseFacts, dataScaleFacts, linkFacts, modelSizeFacts, cacheLayersFacts, datasetFacts, architectureFacts, sourceFacts, sourceSnapshotFacts, licenseFacts, licenseTermFacts, termConditionFacts, organizationFacts, evidenceFacts } from "../facts.gen";

/** The documents of the forms. */
export const EDIT_DOCUMENTS = {
  Model: {
    read: graphql(`
  query EditModel($slug: String!) {
    subject: model(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...ModelFacts
      modalities {
        ...ModalitiesFacts
      }
      summaryZh: summary(language: ZH)
      summaryEn: summary(language: EN)
      organizations { slug name }
      license { slug name commercialUse }
      architecture { slug name }
      bases {
        ...ModelBaseFacts
        model { slug name commercialUse }
        size: sizeLabel
        of { label }
      }
      datasets { slug name }
      dataScale {
        ...DataScaleFacts
      }
      links {
        ...LinkFacts
      }
      sizes {
        evidence(first: 100) {
          nodes {
            id
            field
            value
            ...EvidenceFacts
            source { slug name: title }
          }
        }
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
`, [evidenceFacts, modelFacts, modalitiesFacts, modelBaseFacts, dataScaleFacts, linkFacts, modelSizeFacts, cacheLayersFacts]),
    find: graphql(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateModel($input: CreateModelInput!, $reason: String) {
    done: createModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),
    update: graphql(`
  mutation UpdateModel($input: UpdateModelInput!, $reason: String) {
    done: updateModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),
    remove: graphql(`
  mutation DeleteModel($input: DeleteInput!, $reason: String) {
    done: deleteModel(input: $input, reason: $reason) { revision }
  }
`),
  },
  Dataset: {
    read: graphql(`
  query EditDataset($slug: String!) {
    subject: dataset(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...DatasetFacts
      license { slug name commercialUse }
      links {
        ...LinkFacts
      }
    }
  }
`, [evidenceFacts, datasetFacts, linkFacts]),
    find: graphql(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateDataset($input: CreateDatasetInput!, $reason: String) {
    done: createDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),
    update: graphql(`
  mutation UpdateDataset($input: UpdateDatasetInput!, $reason: String) {
    done: updateDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),
    remove: graphql(`
  mutation DeleteDataset($input: DeleteInput!, $reason: String) {
    done: deleteDataset(input: $input, reason: $reason) { revision }
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
  mutation CreateArchitecture($input: CreateArchitectureInput!, $reason: String) {
    done: createArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),
    update: graphql(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!, $reason: String) {
    done: updateArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),
    remove: graphql(`
  mutation DeleteArchitecture($input: DeleteInput!, $reason: String) {
    done: deleteArchitecture(input: $input, reason: $reason) { revision }
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
    found: sources(first: 6, search: $search) { nodes { slug name: title url } }
  }
`),
    create: graphql(`
  mutation CreateSource($input: CreateSourceInput!, $reason: String) {
    done: createSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),
    update: graphql(`
  mutation UpdateSource($input: UpdateSourceInput!, $reason: String) {
    done: updateSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),
    remove: graphql(`
  mutation DeleteSource($input: DeleteInput!, $reason: String) {
    done: deleteSource(input: $input, reason: $reason) { revision }
  }
`),
  },
  License: {
    read: graphql(`
  query EditLicense($slug: String!) {
    subject: license(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
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
`, [evidenceFacts, licenseFacts, licenseTermFacts, termConditionFacts, linkFacts]),
    find: graphql(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateLicense($input: CreateLicenseInput!, $reason: String) {
    done: createLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),
    update: graphql(`
  mutation UpdateLicense($input: UpdateLicenseInput!, $reason: String) {
    done: updateLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),
    remove: graphql(`
  mutation DeleteLicense($input: DeleteInput!, $reason: String) {
    done: deleteLicense(input: $input, reason: $reason) { revision }
  }
`),
  },
  Organization: {
    read: graphql(`
  query EditOrganization($slug: String!) {
    subject: organization(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...OrganizationFacts
      name
      localizedNameZh: name(language: ZH)
      localizedNameEn: name(language: EN)
    }
  }
`, [evidenceFacts, organizationFacts]),
    find: graphql(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),
    create: graphql(`
  mutation CreateOrganization($input: CreateOrganizationInput!, $reason: String) {
    done: createOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),
    update: graphql(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!, $reason: String) {
    done: updateOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),
    remove: graphql(`
  mutation DeleteOrganization($input: DeleteInput!, $reason: String) {
    done: deleteOrganization(input: $input, reason: $reason) { revision }
  }
`),
  },
};
