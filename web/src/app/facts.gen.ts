// Generated from schema.graphql by facts.mjs. Do not edit.
import { graphql } from "./api/graphql";
import type { Field, SubjectInfo } from "./fields";

/** The subject types, in the order of the API. */
export const SUBJECTS = {
  Model: { type: "Model", value: "MODEL", field: "model", path: "models", nameField: "name", title: "nav.models", newTitle: "edit.newModel" },
  Dataset: { type: "Dataset", value: "DATASET", field: "dataset", path: "datasets", nameField: "name", title: "nav.datasets", newTitle: "edit.newDataset" },
  Architecture: { type: "Architecture", value: "ARCHITECTURE", field: "architecture", path: "architectures", nameField: "name", title: "nav.architectures", newTitle: "edit.newArchitecture" },
  Source: { type: "Source", value: "SOURCE", field: "source", path: "sources", nameField: "title", title: "nav.sources", newTitle: "edit.newSource" },
  License: { type: "License", value: "LICENSE", field: "license", path: "licenses", nameField: "name", title: "nav.licenses", newTitle: "edit.newLicense" },
  Organization: { type: "Organization", value: "ORGANIZATION", field: "organization", path: "organizations", nameField: "name", title: "nav.organizations", newTitle: "edit.newOrganization" },
} as const satisfies Record<string, SubjectInfo>;

/** The values of the enums that facts have. */
export const ENUMS = {
  ModelKind: ["FOUNDATION","DERIVED"],
  CommercialUse: ["ALLOWED","CONDITIONAL","AUTHORIZATION_REQUIRED","PROHIBITED","VARIES","UNKNOWN"],
  ReleaseStatus: ["RELEASED","ANNOUNCED","WITHDRAWN"],
  Modality: ["TEXT","IMAGE","AUDIO","VIDEO","OTHER"],
  LineageRelation: ["FINE_TUNED","CONTINUED","MERGED","DISTILLED","PRUNED","QUANTIZED","SUCCEEDS"],
  DataUnit: ["TOKENS","IMAGES","BYTES","UNKNOWN"],
  LinkKind: ["HOMEPAGE","DETAILS","ARTICLE","REPOSITORY","PAPER","WEIGHTS","DATASET","OTHER"],
  ParametersBasis: ["LABEL","REPORTED","COUNTED"],
  TokensBasis: ["SEEN","DATASET","UNSTATED"],
  CacheKind: ["FULL","WINDOW","LATENT","STATE"],
  SourceKind: ["PAPER","MODEL_CARD","CONFIG","REPOSITORY","ANNOUNCEMENT","LICENSE_TEXT","LIST","DATABASE","ARTICLE","OTHER"],
  TermEffect: ["PROHIBITED","AUTHORIZATION_REQUIRED","ATTRIBUTION","NAMING","NOTICE","SHARE_ALIKE","PASS_ON","USE_RESTRICTIONS","REGISTRATION","REVOCABLE"],
  Period: ["MONTH","YEAR"],
  TerritoryBasis: ["DOMICILE","USE"],
  Stance: ["STATED","NONE","UNDISCLOSED"],
  Confidence: ["EXACT","REPORTED","CITED","ESTIMATED","INFERRED"],
  Qualifier: ["APPROXIMATE","AT_LEAST","AT_MOST"],
  EvidenceRank: ["PREFERRED","NORMAL","DEPRECATED"],
} as const;

/** Types that are edited as a part of a subject. */
export type PartType = "Modalities" | "ModelBase" | "DataScale" | "Link" | "ModelSize" | "CacheLayers" | "SourceSnapshot" | "LicenseTerm" | "TermCondition" | "Checkpoint" | "Evidence";

/** The fields of every type that forms edit, in the order of its input. */
export const FIELDS = {
  Model: [
    { name: "name", label: "fact.Model.name", required: true, kind: "text" },
    { name: "aliases", label: "fact.Model.aliases", kind: "texts" },
    { name: "languages", label: "fact.Model.languages", cited: true, kind: "texts" },
    { name: "purposes", label: "fact.Model.purposes", cited: true, kind: "texts" },
    { name: "kind", label: "fact.Model.kind", cited: true, kind: "choice", of: "ModelKind", values: ENUMS.ModelKind },
    { name: "position", label: "fact.Model.position", kind: "number", whole: true },
    { name: "releaseDate", label: "fact.Model.releaseDate", cited: true, stated: "statedReleaseDate", kind: "date" },
    { name: "commercialUse", label: "fact.Model.commercialUse", cited: true, stated: "statedCommercialUse", kind: "choice", of: "CommercialUse", values: ENUMS.CommercialUse },
    { name: "trainingFlops", label: "fact.Model.trainingFlops", cited: true, kind: "number" },
    { name: "contextLength", label: "fact.Model.contextLength", cited: true, kind: "number", whole: true },
    { name: "extendedContextLength", label: "fact.Model.extendedContextLength", cited: true, kind: "number", whole: true },
    { name: "status", label: "fact.Model.status", cited: true, kind: "choice", of: "ReleaseStatus", values: ENUMS.ReleaseStatus },
    { name: "knowledgeCutoff", label: "fact.Model.knowledgeCutoff", cited: true, kind: "date" },
    { name: "modalities", label: "fact.Model.modalities", cited: true, kind: "part", of: "Modalities" },
    { name: "summary", label: "fact.Model.summary", kind: "localized", source: "summary" },
    { name: "organizations", label: "fact.Model.organizations", cited: true, kind: "references", of: "Organization" },
    { name: "license", label: "fact.Model.license", cited: true, kind: "reference", of: "License" },
    { name: "architecture", label: "fact.Model.architecture", cited: true, kind: "reference", of: "Architecture" },
    { name: "bases", label: "fact.Model.bases", cited: true, kind: "parts", of: "ModelBase" },
    { name: "datasets", label: "fact.Model.datasets", cited: true, kind: "references", of: "Dataset" },
    { name: "dataScale", label: "fact.Model.dataScale", cited: true, kind: "part", of: "DataScale" },
    { name: "links", label: "fact.Model.links", kind: "parts", of: "Link" },
    { name: "sizes", label: "fact.Model.sizes", kind: "parts", of: "ModelSize" },
  ],
  Modalities: [
    { name: "input", label: "fact.Modalities.input", required: true, kind: "choices", of: "Modality", values: ENUMS.Modality },
    { name: "output", label: "fact.Modalities.output", required: true, kind: "choices", of: "Modality", values: ENUMS.Modality },
  ],
  ModelBase: [
    { name: "model", label: "fact.ModelBase.model", required: true, kind: "reference", of: "Model", bySlug: true },
    { name: "relation", label: "fact.ModelBase.relation", kind: "choice", of: "LineageRelation", values: ENUMS.LineageRelation },
    { name: "size", label: "fact.ModelBase.size", kind: "text" },
    { name: "of", label: "fact.ModelBase.of", kind: "text" },
  ],
  DataScale: [
    { name: "text", label: "fact.DataScale.text", required: true, kind: "text" },
    { name: "amount", label: "fact.DataScale.amount", kind: "amount" },
    { name: "unit", label: "fact.DataScale.unit", required: true, kind: "choice", of: "DataUnit", values: ENUMS.DataUnit },
  ],
  Link: [
    { name: "kind", label: "fact.Link.kind", required: true, kind: "choice", of: "LinkKind", values: ENUMS.LinkKind },
    { name: "title", label: "fact.Link.title", kind: "text" },
    { name: "url", label: "fact.Link.url", required: true, kind: "url" },
  ],
  ModelSize: [
    { name: "label", label: "fact.ModelSize.label", required: true, kind: "text" },
    { name: "parameters", label: "fact.ModelSize.parameters", required: true, cited: true, kind: "amount" },
    { name: "parametersBasis", label: "fact.ModelSize.parametersBasis", default: "LABEL", cited: true, kind: "choice", of: "ParametersBasis", values: ENUMS.ParametersBasis },
    { name: "activeParameters", label: "fact.ModelSize.activeParameters", cited: true, kind: "amount" },
    { name: "trainingTokens", label: "fact.ModelSize.trainingTokens", cited: true, kind: "amount" },
    { name: "releaseDate", label: "fact.ModelSize.releaseDate", cited: true, stated: "statedReleaseDate", kind: "date" },
    { name: "commercialUse", label: "fact.ModelSize.commercialUse", cited: true, stated: "statedCommercialUse", kind: "choice", of: "CommercialUse", values: ENUMS.CommercialUse },
    { name: "trainingTokensBasis", label: "fact.ModelSize.trainingTokensBasis", cited: true, kind: "choice", of: "TokensBasis", values: ENUMS.TokensBasis },
    { name: "contextLength", label: "fact.ModelSize.contextLength", cited: true, stated: "statedContextLength", kind: "number", whole: true },
    { name: "extendedContextLength", label: "fact.ModelSize.extendedContextLength", cited: true, stated: "statedExtendedContextLength", kind: "number", whole: true },
    { name: "status", label: "fact.ModelSize.status", cited: true, stated: "statedStatus", kind: "choice", of: "ReleaseStatus", values: ENUMS.ReleaseStatus },
    { name: "knowledgeCutoff", label: "fact.ModelSize.knowledgeCutoff", cited: true, stated: "statedKnowledgeCutoff", kind: "date" },
    { name: "modalities", label: "fact.ModelSize.modalities", cited: true, stated: "statedModalities", kind: "part", of: "Modalities" },
    { name: "layers", label: "fact.ModelSize.layers", cited: true, kind: "number", whole: true },
    { name: "hiddenSize", label: "fact.ModelSize.hiddenSize", cited: true, kind: "number", whole: true },
    { name: "attentionHeads", label: "fact.ModelSize.attentionHeads", cited: true, kind: "number", whole: true },
    { name: "vocabularySize", label: "fact.ModelSize.vocabularySize", cited: true, kind: "number", whole: true },
    { name: "experts", label: "fact.ModelSize.experts", cited: true, kind: "number", whole: true },
    { name: "activeExperts", label: "fact.ModelSize.activeExperts", cited: true, kind: "number", whole: true },
    { name: "cacheLayers", label: "fact.ModelSize.cacheLayers", cited: true, kind: "parts", of: "CacheLayers" },
    { name: "license", label: "fact.ModelSize.license", cited: true, stated: "statedLicense", kind: "reference", of: "License" },
  ],
  CacheLayers: [
    { name: "layers", label: "fact.CacheLayers.layers", required: true, kind: "number", whole: true },
    { name: "kind", label: "fact.CacheLayers.kind", required: true, kind: "choice", of: "CacheKind", values: ENUMS.CacheKind },
    { name: "keyValueHeads", label: "fact.CacheLayers.keyValueHeads", kind: "number", whole: true },
    { name: "keyDimension", label: "fact.CacheLayers.keyDimension", kind: "number", whole: true },
    { name: "valueDimension", label: "fact.CacheLayers.valueDimension", kind: "number", whole: true },
    { name: "window", label: "fact.CacheLayers.window", kind: "number", whole: true },
    { name: "latentDimension", label: "fact.CacheLayers.latentDimension", kind: "number", whole: true },
    { name: "ropeDimension", label: "fact.CacheLayers.ropeDimension", kind: "number", whole: true },
  ],
  Dataset: [
    { name: "name", label: "fact.Dataset.name", required: true, kind: "text" },
    { name: "tokens", label: "fact.Dataset.tokens", cited: true, kind: "amount" },
    { name: "bytes", label: "fact.Dataset.bytes", cited: true, kind: "amount" },
    { name: "license", label: "fact.Dataset.license", cited: true, kind: "reference", of: "License" },
    { name: "links", label: "fact.Dataset.links", kind: "parts", of: "Link" },
  ],
  Architecture: [
    { name: "name", label: "fact.Architecture.name", required: true, kind: "text" },
    { name: "links", label: "fact.Architecture.links", kind: "parts", of: "Link" },
  ],
  Source: [
    { name: "title", label: "fact.Source.title", required: true, kind: "text" },
    { name: "kind", label: "fact.Source.kind", required: true, kind: "choice", of: "SourceKind", values: ENUMS.SourceKind },
    { name: "url", label: "fact.Source.url", kind: "url" },
    { name: "publishedAt", label: "fact.Source.publishedAt", kind: "date" },
    { name: "publisher", label: "fact.Source.publisher", kind: "reference", of: "Organization" },
    { name: "license", label: "fact.Source.license", kind: "reference", of: "License" },
    { name: "derivedFrom", label: "fact.Source.derivedFrom", kind: "reference", of: "Source", bySlug: true },
    { name: "snapshots", label: "fact.Source.snapshots", kind: "parts", of: "SourceSnapshot" },
  ],
  SourceSnapshot: [
    { name: "accessed", label: "fact.SourceSnapshot.accessed", required: true, kind: "date", day: true },
    { name: "revision", label: "fact.SourceSnapshot.revision", kind: "text" },
    { name: "hash", label: "fact.SourceSnapshot.hash", kind: "text" },
  ],
  License: [
    { name: "name", label: "fact.License.name", required: true, kind: "text" },
    { name: "aliases", label: "fact.License.aliases", kind: "texts" },
    { name: "spdxId", label: "fact.License.spdxId", cited: true, kind: "text" },
    { name: "commercialUse", label: "fact.License.commercialUse", required: true, cited: true, kind: "choice", of: "CommercialUse", values: ENUMS.CommercialUse },
    { name: "osiApproved", label: "fact.License.osiApproved", cited: true, kind: "boolean" },
    { name: "termsReviewed", label: "fact.License.termsReviewed", kind: "date" },
    { name: "url", label: "fact.License.url", kind: "url" },
    { name: "conditions", label: "fact.License.conditions", kind: "localized", source: "conditions" },
    { name: "terms", label: "fact.License.terms", kind: "parts", of: "LicenseTerm" },
    { name: "links", label: "fact.License.links", kind: "parts", of: "Link" },
  ],
  LicenseTerm: [
    { name: "effect", label: "fact.LicenseTerm.effect", required: true, kind: "choice", of: "TermEffect", values: ENUMS.TermEffect },
    { name: "quote", label: "fact.LicenseTerm.quote", kind: "text" },
    { name: "when", label: "fact.LicenseTerm.when", kind: "part", of: "TermCondition" },
    { name: "note", label: "fact.LicenseTerm.note", kind: "localized", source: "note" },
  ],
  TermCondition: [
    { name: "commercial", label: "fact.TermCondition.commercial", kind: "boolean" },
    { name: "monthlyUsersOver", label: "fact.TermCondition.monthlyUsersOver", kind: "amount" },
    { name: "dailyUsersOver", label: "fact.TermCondition.dailyUsersOver", kind: "amount" },
    { name: "revenueUsdOver", label: "fact.TermCondition.revenueUsdOver", kind: "amount" },
    { name: "revenuePeriod", label: "fact.TermCondition.revenuePeriod", kind: "choice", of: "Period", values: ENUMS.Period },
    { name: "countedOn", label: "fact.TermCondition.countedOn", kind: "date" },
    { name: "territoryBasis", label: "fact.TermCondition.territoryBasis", kind: "choice", of: "TerritoryBasis", values: ENUMS.TerritoryBasis },
    { name: "hosting", label: "fact.TermCondition.hosting", kind: "boolean" },
    { name: "trainsOnOutputs", label: "fact.TermCondition.trainsOnOutputs", kind: "boolean" },
    { name: "modality", label: "fact.TermCondition.modality", kind: "choice", of: "Modality", values: ENUMS.Modality },
    { name: "territories", label: "fact.TermCondition.territories", kind: "texts" },
  ],
  Organization: [
    { name: "name", label: "fact.Organization.name", required: true, kind: "text" },
    { name: "localizedName", label: "fact.Organization.localizedName", kind: "localized", source: "name" },
    { name: "aliases", label: "fact.Organization.aliases", kind: "texts" },
    { name: "country", label: "fact.Organization.country", cited: true, kind: "text" },
    { name: "kind", label: "fact.Organization.kind", cited: true, kind: "text" },
    { name: "homepage", label: "fact.Organization.homepage", cited: true, kind: "url" },
  ],
  Checkpoint: [
    { name: "size", label: "fact.Checkpoint.size", kind: "text" },
    { name: "hub", label: "fact.Checkpoint.hub", default: "huggingface", kind: "text" },
    { name: "repository", label: "fact.Checkpoint.repository", required: true, kind: "text" },
    { name: "revision", label: "fact.Checkpoint.revision", kind: "text" },
    { name: "path", label: "fact.Checkpoint.path", kind: "text" },
    { name: "variant", label: "fact.Checkpoint.variant", cited: true, kind: "text" },
    { name: "convertedFrom", label: "fact.Checkpoint.convertedFrom", cited: true, kind: "text" },
    { name: "format", label: "fact.Checkpoint.format", cited: true, kind: "text" },
    { name: "quantization", label: "fact.Checkpoint.quantization", cited: true, kind: "text" },
    { name: "bytes", label: "fact.Checkpoint.bytes", cited: true, kind: "amount" },
    { name: "parameters", label: "fact.Checkpoint.parameters", cited: true, kind: "amount" },
    { name: "gated", label: "fact.Checkpoint.gated", cited: true, kind: "boolean" },
    { name: "official", label: "fact.Checkpoint.official", cited: true, kind: "boolean" },
    { name: "commercialUse", label: "fact.Checkpoint.commercialUse", cited: true, kind: "choice", of: "CommercialUse", values: ENUMS.CommercialUse },
    { name: "releaseDate", label: "fact.Checkpoint.releaseDate", cited: true, kind: "date" },
    { name: "contextLength", label: "fact.Checkpoint.contextLength", cited: true, kind: "number", whole: true },
    { name: "extendedContextLength", label: "fact.Checkpoint.extendedContextLength", cited: true, kind: "number", whole: true },
    { name: "status", label: "fact.Checkpoint.status", cited: true, kind: "choice", of: "ReleaseStatus", values: ENUMS.ReleaseStatus },
    { name: "knowledgeCutoff", label: "fact.Checkpoint.knowledgeCutoff", cited: true, kind: "date" },
    { name: "modalities", label: "fact.Checkpoint.modalities", cited: true, kind: "part", of: "Modalities" },
    { name: "license", label: "fact.Checkpoint.license", cited: true, kind: "reference", of: "License" },
  ],
  Evidence: [
    { name: "stance", label: "fact.Evidence.stance", default: "STATED", kind: "choice", of: "Stance", values: ENUMS.Stance },
    { name: "source", label: "fact.Evidence.source", required: true, kind: "reference", of: "Source" },
    { name: "locator", label: "fact.Evidence.locator", kind: "text" },
    { name: "quote", label: "fact.Evidence.quote", kind: "text" },
    { name: "accessed", label: "fact.Evidence.accessed", kind: "date", day: true },
    { name: "confidence", label: "fact.Evidence.confidence", required: true, kind: "choice", of: "Confidence", values: ENUMS.Confidence },
    { name: "qualifier", label: "fact.Evidence.qualifier", kind: "choice", of: "Qualifier", values: ENUMS.Qualifier },
    { name: "rank", label: "fact.Evidence.rank", default: "NORMAL", kind: "choice", of: "EvidenceRank", values: ENUMS.EvidenceRank },
    { name: "reason", label: "fact.Evidence.reason", kind: "text" },
  ],
} as const satisfies Record<string, readonly Field[]>;

export const modelFacts = graphql(`
  fragment ModelFacts on Model {
    name
    aliases
    languages
    purposes
    kind
    position
    releaseDate
    statedReleaseDate
    commercialUse
    statedCommercialUse
    trainingFlops
    contextLength
    extendedContextLength
    status
    knowledgeCutoff
  }
`);

export const modalitiesFacts = graphql(`
  fragment ModalitiesFacts on Modalities {
    input
    output
  }
`);

export const modelBaseFacts = graphql(`
  fragment ModelBaseFacts on ModelBase {
    relation
  }
`);

export const dataScaleFacts = graphql(`
  fragment DataScaleFacts on DataScale {
    text
    amount
    unit
  }
`);

export const linkFacts = graphql(`
  fragment LinkFacts on Link {
    kind
    title
    url
  }
`);

export const modelSizeFacts = graphql(`
  fragment ModelSizeFacts on ModelSize {
    label
    parameters
    parametersBasis
    activeParameters
    trainingTokens
    releaseDate
    statedReleaseDate
    commercialUse
    statedCommercialUse
    trainingTokensBasis
    contextLength
    statedContextLength
    extendedContextLength
    statedExtendedContextLength
    status
    statedStatus
    knowledgeCutoff
    statedKnowledgeCutoff
    layers
    hiddenSize
    attentionHeads
    vocabularySize
    experts
    activeExperts
  }
`);

export const cacheLayersFacts = graphql(`
  fragment CacheLayersFacts on CacheLayers {
    layers
    kind
    keyValueHeads
    keyDimension
    valueDimension
    window
    latentDimension
    ropeDimension
  }
`);

export const datasetFacts = graphql(`
  fragment DatasetFacts on Dataset {
    name
    tokens
    bytes
  }
`);

export const architectureFacts = graphql(`
  fragment ArchitectureFacts on Architecture {
    name
  }
`);

export const sourceFacts = graphql(`
  fragment SourceFacts on Source {
    title
    kind
    url
    publishedAt
  }
`);

export const sourceSnapshotFacts = graphql(`
  fragment SourceSnapshotFacts on SourceSnapshot {
    accessed
    revision
    hash
  }
`);

export const licenseFacts = graphql(`
  fragment LicenseFacts on License {
    name
    aliases
    spdxId
    commercialUse
    osiApproved
    termsReviewed
    url
  }
`);

export const licenseTermFacts = graphql(`
  fragment LicenseTermFacts on LicenseTerm {
    effect
    quote
  }
`);

export const termConditionFacts = graphql(`
  fragment TermConditionFacts on TermCondition {
    commercial
    monthlyUsersOver
    dailyUsersOver
    revenueUsdOver
    revenuePeriod
    countedOn
    territoryBasis
    hosting
    trainsOnOutputs
    modality
    territories
  }
`);

export const organizationFacts = graphql(`
  fragment OrganizationFacts on Organization {
    aliases
    country
    kind
    homepage
  }
`);

export const checkpointFacts = graphql(`
  fragment CheckpointFacts on Checkpoint {
    hub
    repository
    revision
    path
    variant
    format
    quantization
    bytes
    parameters
    gated
    official
    commercialUse
    releaseDate
    contextLength
    extendedContextLength
    status
    knowledgeCutoff
  }
`);

export const evidenceFacts = graphql(`
  fragment EvidenceFacts on Evidence {
    stance
    locator
    quote
    accessed
    confidence
    qualifier
    rank
    reason
  }
`);
