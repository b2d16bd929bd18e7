import{z as a}from"./chunk-FJ6X6ITH.js";var n={Model:{type:"Model",value:"MODEL",field:"model",path:"models",nameField:"name",title:"nav.models",newTitle:"edit.newModel"},Dataset:{type:"Dataset",value:"DATASET",field:"dataset",path:"datasets",nameField:"name",title:"nav.datasets",newTitle:"edit.newDataset"},Architecture:{type:"Architecture",value:"ARCHITECTURE",field:"architecture",path:"architectures",nameField:"name",title:"nav.architectures",newTitle:"edit.newArchitecture"},Source:{type:"Source",value:"SOURCE",field:"source",path:"sources",nameField:"title",title:"nav.sources",newTitle:"edit.newSource"},License:{type:"License",value:"LICENSE",field:"license",path:"licenses",nameField:"name",title:"nav.licenses",newTitle:"edit.newLicense"},Organization:{type:"Organization",value:"ORGANIZATION",field:"organization",path:"organizations",nameField:"name",title:"nav.organizations",newTitle:"edit.newOrganization"}},e={ModelKind:["FOUNDATION","DERIVED"],CommercialUse:["ALLOWED","CONDITIONAL","AUTHORIZATION_REQUIRED","PROHIBITED","VARIES","UNKNOWN"],ReleaseStatus:["RELEASED","ANNOUNCED","WITHDRAWN"],Modality:["TEXT","IMAGE","AUDIO","VIDEO","OTHER"],DataUnit:["TOKENS","IMAGES","BYTES","UNKNOWN"],LinkKind:["HOMEPAGE","DETAILS","ARTICLE","REPOSITORY","PAPER","WEIGHTS","DATASET","OTHER"],ParametersBasis:["LABEL","REPORTED","COUNTED"],TokensBasis:["SEEN","DATASET","UNSTATED"],CacheKind:["FULL","WINDOW","LATENT","STATE"],SourceKind:["PAPER","MODEL_CARD","CONFIG","REPOSITORY","ANNOUNCEMENT","LICENSE_TEXT","LIST","DATABASE","ARTICLE","OTHER"],TermEffect:["PROHIBITED","AUTHORIZATION_REQUIRED","ATTRIBUTION","NAMING","NOTICE","SHARE_ALIKE","PASS_ON","USE_RESTRICTIONS","REGISTRATION","REVOCABLE"],Period:["MONTH","YEAR"],TerritoryBasis:["DOMICILE","USE"]},i={Model:[{name:"name",label:"fact.Model.name",required:!0,kind:"text"},{name:"aliases",label:"fact.Model.aliases",kind:"texts"},{name:"languages",label:"fact.Model.languages",kind:"texts"},{name:"purposes",label:"fact.Model.purposes",kind:"texts"},{name:"kind",label:"fact.Model.kind",kind:"choice",of:"ModelKind",values:e.ModelKind},{name:"position",label:"fact.Model.position",kind:"number"},{name:"releaseDate",label:"fact.Model.releaseDate",kind:"date"},{name:"commercialUse",label:"fact.Model.commercialUse",stated:"statedCommercialUse",kind:"choice",of:"CommercialUse",values:e.CommercialUse},{name:"trainingFlops",label:"fact.Model.trainingFlops",kind:"number"},{name:"contextLength",label:"fact.Model.contextLength",kind:"number"},{name:"extendedContextLength",label:"fact.Model.extendedContextLength",kind:"number"},{name:"status",label:"fact.Model.status",kind:"choice",of:"ReleaseStatus",values:e.ReleaseStatus},{name:"knowledgeCutoff",label:"fact.Model.knowledgeCutoff",kind:"date"},{name:"modalities",label:"fact.Model.modalities",kind:"part",of:"Modalities"},{name:"summary",label:"fact.Model.summary",kind:"localized",source:"summary"},{name:"organizations",label:"fact.Model.organizations",kind:"references",of:"Organization",creatable:!0,bySlug:!1},{name:"license",label:"fact.Model.license",kind:"reference",of:"License",creatable:!1,bySlug:!1},{name:"architecture",label:"fact.Model.architecture",kind:"reference",of:"Architecture",creatable:!0,bySlug:!1},{name:"baseModel",label:"fact.Model.baseModel",kind:"reference",of:"Model",creatable:!1,bySlug:!0},{name:"datasets",label:"fact.Model.datasets",kind:"references",of:"Dataset",creatable:!0,bySlug:!1},{name:"dataScale",label:"fact.Model.dataScale",kind:"part",of:"DataScale"},{name:"links",label:"fact.Model.links",kind:"parts",of:"Link"},{name:"sizes",label:"fact.Model.sizes",kind:"parts",of:"ModelSize"}],Modalities:[{name:"input",label:"fact.Modalities.input",required:!0,kind:"choices",of:"Modality",values:e.Modality},{name:"output",label:"fact.Modalities.output",required:!0,kind:"choices",of:"Modality",values:e.Modality}],DataScale:[{name:"text",label:"fact.DataScale.text",required:!0,kind:"text"},{name:"amount",label:"fact.DataScale.amount",kind:"amount"},{name:"unit",label:"fact.DataScale.unit",required:!0,kind:"choice",of:"DataUnit",values:e.DataUnit}],Link:[{name:"kind",label:"fact.Link.kind",required:!0,kind:"choice",of:"LinkKind",values:e.LinkKind},{name:"title",label:"fact.Link.title",kind:"text"},{name:"url",label:"fact.Link.url",required:!0,kind:"url"}],ModelSize:[{name:"label",label:"fact.ModelSize.label",required:!0,kind:"text"},{name:"parameters",label:"fact.ModelSize.parameters",required:!0,kind:"amount"},{name:"parametersBasis",label:"fact.ModelSize.parametersBasis",kind:"choice",of:"ParametersBasis",values:e.ParametersBasis},{name:"activeParameters",label:"fact.ModelSize.activeParameters",kind:"amount"},{name:"trainingTokens",label:"fact.ModelSize.trainingTokens",kind:"amount"},{name:"releaseDate",label:"fact.ModelSize.releaseDate",stated:"statedReleaseDate",kind:"date"},{name:"commercialUse",label:"fact.ModelSize.commercialUse",stated:"statedCommercialUse",kind:"choice",of:"CommercialUse",values:e.CommercialUse},{name:"trainingTokensBasis",label:"fact.ModelSize.trainingTokensBasis",kind:"choice",of:"TokensBasis",values:e.TokensBasis},{name:"contextLength",label:"fact.ModelSize.contextLength",stated:"statedContextLength",kind:"number"},{name:"extendedContextLength",label:"fact.ModelSize.extendedContextLength",stated:"statedExtendedContextLength",kind:"number"},{name:"status",label:"fact.ModelSize.status",stated:"statedStatus",kind:"choice",of:"ReleaseStatus",values:e.ReleaseStatus},{name:"knowledgeCutoff",label:"fact.ModelSize.knowledgeCutoff",stated:"statedKnowledgeCutoff",kind:"date"},{name:"modalities",label:"fact.ModelSize.modalities",stated:"statedModalities",kind:"part",of:"Modalities"},{name:"layers",label:"fact.ModelSize.layers",kind:"number"},{name:"hiddenSize",label:"fact.ModelSize.hiddenSize",kind:"number"},{name:"attentionHeads",label:"fact.ModelSize.attentionHeads",kind:"number"},{name:"vocabularySize",label:"fact.ModelSize.vocabularySize",kind:"number"},{name:"experts",label:"fact.ModelSize.experts",kind:"number"},{name:"activeExperts",label:"fact.ModelSize.activeExperts",kind:"number"},{name:"cacheLayers",label:"fact.ModelSize.cacheLayers",kind:"parts",of:"CacheLayers"},{name:"license",label:"fact.ModelSize.license",stated:"statedLicense",kind:"reference",of:"License",creatable:!1,bySlug:!1}],CacheLayers:[{name:"layers",label:"fact.CacheLayers.layers",required:!0,kind:"number"},{name:"kind",label:"fact.CacheLayers.kind",required:!0,kind:"choice",of:"CacheKind",values:e.CacheKind},{name:"keyValueHeads",label:"fact.CacheLayers.keyValueHeads",kind:"number"},{name:"keyDimension",label:"fact.CacheLayers.keyDimension",kind:"number"},{name:"valueDimension",label:"fact.CacheLayers.valueDimension",kind:"number"},{name:"window",label:"fact.CacheLayers.window",kind:"number"},{name:"latentDimension",label:"fact.CacheLayers.latentDimension",kind:"number"},{name:"ropeDimension",label:"fact.CacheLayers.ropeDimension",kind:"number"}],Dataset:[{name:"name",label:"fact.Dataset.name",required:!0,kind:"text"},{name:"tokens",label:"fact.Dataset.tokens",kind:"amount"},{name:"bytes",label:"fact.Dataset.bytes",kind:"amount"},{name:"license",label:"fact.Dataset.license",kind:"reference",of:"License",creatable:!1,bySlug:!1},{name:"links",label:"fact.Dataset.links",kind:"parts",of:"Link"}],Architecture:[{name:"name",label:"fact.Architecture.name",required:!0,kind:"text"},{name:"links",label:"fact.Architecture.links",kind:"parts",of:"Link"}],Source:[{name:"title",label:"fact.Source.title",required:!0,kind:"text"},{name:"kind",label:"fact.Source.kind",required:!0,kind:"choice",of:"SourceKind",values:e.SourceKind},{name:"url",label:"fact.Source.url",kind:"url"},{name:"publishedAt",label:"fact.Source.publishedAt",kind:"date"},{name:"publisher",label:"fact.Source.publisher",kind:"reference",of:"Organization",creatable:!0,bySlug:!1},{name:"license",label:"fact.Source.license",kind:"reference",of:"License",creatable:!1,bySlug:!1},{name:"derivedFrom",label:"fact.Source.derivedFrom",kind:"reference",of:"Source",creatable:!1,bySlug:!0},{name:"snapshots",label:"fact.Source.snapshots",kind:"parts",of:"SourceSnapshot"}],SourceSnapshot:[{name:"accessed",label:"fact.SourceSnapshot.accessed",required:!0,kind:"date"},{name:"revision",label:"fact.SourceSnapshot.revision",kind:"text"},{name:"hash",label:"fact.SourceSnapshot.hash",kind:"text"}],License:[{name:"name",label:"fact.License.name",required:!0,kind:"text"},{name:"aliases",label:"fact.License.aliases",kind:"texts"},{name:"spdxId",label:"fact.License.spdxId",kind:"text"},{name:"commercialUse",label:"fact.License.commercialUse",required:!0,kind:"choice",of:"CommercialUse",values:e.CommercialUse},{name:"osiApproved",label:"fact.License.osiApproved",kind:"boolean"},{name:"termsReviewed",label:"fact.License.termsReviewed",kind:"date"},{name:"url",label:"fact.License.url",kind:"url"},{name:"conditions",label:"fact.License.conditions",kind:"localized",source:"conditions"},{name:"terms",label:"fact.License.terms",kind:"parts",of:"LicenseTerm"},{name:"links",label:"fact.License.links",kind:"parts",of:"Link"}],LicenseTerm:[{name:"effect",label:"fact.LicenseTerm.effect",required:!0,kind:"choice",of:"TermEffect",values:e.TermEffect},{name:"quote",label:"fact.LicenseTerm.quote",kind:"text"},{name:"when",label:"fact.LicenseTerm.when",kind:"part",of:"TermCondition"},{name:"note",label:"fact.LicenseTerm.note",kind:"localized",source:"note"}],TermCondition:[{name:"commercial",label:"fact.TermCondition.commercial",kind:"boolean"},{name:"monthlyUsersOver",label:"fact.TermCondition.monthlyUsersOver",kind:"amount"},{name:"dailyUsersOver",label:"fact.TermCondition.dailyUsersOver",kind:"amount"},{name:"revenueUsdOver",label:"fact.TermCondition.revenueUsdOver",kind:"amount"},{name:"revenuePeriod",label:"fact.TermCondition.revenuePeriod",kind:"choice",of:"Period",values:e.Period},{name:"countedOn",label:"fact.TermCondition.countedOn",kind:"date"},{name:"territoryBasis",label:"fact.TermCondition.territoryBasis",kind:"choice",of:"TerritoryBasis",values:e.TerritoryBasis},{name:"hosting",label:"fact.TermCondition.hosting",kind:"boolean"},{name:"trainsOnOutputs",label:"fact.TermCondition.trainsOnOutputs",kind:"boolean"},{name:"modality",label:"fact.TermCondition.modality",kind:"choice",of:"Modality",values:e.Modality},{name:"territories",label:"fact.TermCondition.territories",kind:"texts"}],Organization:[{name:"name",label:"fact.Organization.name",required:!0,kind:"text"},{name:"localizedName",label:"fact.Organization.localizedName",kind:"localized",source:"name"},{name:"aliases",label:"fact.Organization.aliases",kind:"texts"},{name:"country",label:"fact.Organization.country",kind:"text"},{name:"kind",label:"fact.Organization.kind",kind:"text"},{name:"homepage",label:"fact.Organization.homepage",kind:"url"}]},l=a(`
  fragment ModelFacts on Model {
    name
    aliases
    languages
    purposes
    kind
    position
    releaseDate
    commercialUse
    statedCommercialUse
    trainingFlops
    contextLength
    extendedContextLength
    status
    knowledgeCutoff
  }
`),s=a(`
  fragment ModalitiesFacts on Modalities {
    input
    output
  }
`),o=a(`
  fragment DataScaleFacts on DataScale {
    text
    amount
    unit
  }
`),r=a(`
  fragment LinkFacts on Link {
    kind
    title
    url
  }
`),c=a(`
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
`),d=a(`
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
`),m=a(`
  fragment DatasetFacts on Dataset {
    name
    tokens
    bytes
  }
`),u=a(`
  fragment ArchitectureFacts on Architecture {
    name
  }
`),f=a(`
  fragment SourceFacts on Source {
    title
    kind
    url
    publishedAt
  }
`),k=a(`
  fragment SourceSnapshotFacts on SourceSnapshot {
    accessed
    revision
    hash
  }
`),b=a(`
  fragment LicenseFacts on License {
    name
    aliases
    spdxId
    commercialUse
    osiApproved
    termsReviewed
    url
  }
`),S=a(`
  fragment LicenseTermFacts on LicenseTerm {
    effect
    quote
  }
`),p=a(`
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
`),h=a(`
  fragment OrganizationFacts on Organization {
    aliases
    country
    kind
    homepage
  }
`);export{n as a,i as b,l as c,s as d,o as e,r as f,c as g,d as h,m as i,u as j,f as k,k as l,b as m,S as n,p as o,h as p};
