import{u as e}from"./chunk-QLQJUVB2.js";var n={Model:{type:"Model",value:"MODEL",field:"model",path:"models",title:"nav.models",newTitle:"edit.newModel"},Dataset:{type:"Dataset",value:"DATASET",field:"dataset",path:"datasets",title:"nav.datasets",newTitle:"edit.newDataset"},Architecture:{type:"Architecture",value:"ARCHITECTURE",field:"architecture",path:"architectures",title:"nav.architectures",newTitle:"edit.newArchitecture"},License:{type:"License",value:"LICENSE",field:"license",path:"licenses",title:"nav.licenses",newTitle:"edit.newLicense"},Organization:{type:"Organization",value:"ORGANIZATION",field:"organization",path:"organizations",title:"nav.organizations",newTitle:"edit.newOrganization"}},a={ModelKind:["FOUNDATION","DERIVED"],CommercialUse:["ALLOWED","CONDITIONAL","AUTHORIZATION_REQUIRED","PROHIBITED","VARIES","UNKNOWN"],DataUnit:["TOKENS","IMAGES","BYTES","UNKNOWN"],LinkKind:["HOMEPAGE","DETAILS","ARTICLE","REPOSITORY","PAPER","WEIGHTS","DATASET","OTHER"]},l={Model:[{name:"name",label:"fact.Model.name",required:!0,kind:"text"},{name:"aliases",label:"fact.Model.aliases",kind:"texts"},{name:"kind",label:"fact.Model.kind",required:!0,kind:"choice",of:"ModelKind",values:a.ModelKind},{name:"position",label:"fact.Model.position",kind:"number"},{name:"releaseDate",label:"fact.Model.releaseDate",kind:"date"},{name:"commercialUse",label:"fact.Model.commercialUse",stated:"statedCommercialUse",kind:"choice",of:"CommercialUse",values:a.CommercialUse},{name:"trainingFlops",label:"fact.Model.trainingFlops",kind:"number"},{name:"summary",label:"fact.Model.summary",kind:"localized",source:"summary"},{name:"organizations",label:"fact.Model.organizations",kind:"references",of:"Organization",creatable:!0,bySlug:!1},{name:"license",label:"fact.Model.license",kind:"reference",of:"License",creatable:!1,bySlug:!1},{name:"architecture",label:"fact.Model.architecture",kind:"reference",of:"Architecture",creatable:!0,bySlug:!1},{name:"baseModel",label:"fact.Model.baseModel",kind:"reference",of:"Model",creatable:!1,bySlug:!0},{name:"datasets",label:"fact.Model.datasets",kind:"references",of:"Dataset",creatable:!0,bySlug:!1},{name:"dataScale",label:"fact.Model.dataScale",kind:"part",of:"DataScale"},{name:"links",label:"fact.Model.links",kind:"parts",of:"Link"},{name:"sizes",label:"fact.Model.sizes",kind:"parts",of:"ModelSize"}],DataScale:[{name:"text",label:"fact.DataScale.text",required:!0,kind:"text"},{name:"amount",label:"fact.DataScale.amount",kind:"amount"},{name:"unit",label:"fact.DataScale.unit",required:!0,kind:"choice",of:"DataUnit",values:a.DataUnit}],Link:[{name:"kind",label:"fact.Link.kind",required:!0,kind:"choice",of:"LinkKind",values:a.LinkKind},{name:"title",label:"fact.Link.title",kind:"text"},{name:"url",label:"fact.Link.url",required:!0,kind:"url"}],ModelSize:[{name:"label",label:"fact.ModelSize.label",required:!0,kind:"text"},{name:"parameters",label:"fact.ModelSize.parameters",required:!0,kind:"amount"},{name:"activeParameters",label:"fact.ModelSize.activeParameters",kind:"amount"},{name:"trainingTokens",label:"fact.ModelSize.trainingTokens",kind:"amount"},{name:"releaseDate",label:"fact.ModelSize.releaseDate",stated:"statedReleaseDate",kind:"date"},{name:"commercialUse",label:"fact.ModelSize.commercialUse",stated:"statedCommercialUse",kind:"choice",of:"CommercialUse",values:a.CommercialUse},{name:"license",label:"fact.ModelSize.license",stated:"statedLicense",kind:"reference",of:"License",creatable:!1,bySlug:!1}],Dataset:[{name:"name",label:"fact.Dataset.name",required:!0,kind:"text"},{name:"tokens",label:"fact.Dataset.tokens",kind:"amount"},{name:"bytes",label:"fact.Dataset.bytes",kind:"amount"},{name:"license",label:"fact.Dataset.license",kind:"reference",of:"License",creatable:!1,bySlug:!1},{name:"links",label:"fact.Dataset.links",kind:"parts",of:"Link"}],Architecture:[{name:"name",label:"fact.Architecture.name",required:!0,kind:"text"},{name:"links",label:"fact.Architecture.links",kind:"parts",of:"Link"}],License:[{name:"name",label:"fact.License.name",required:!0,kind:"text"},{name:"spdxId",label:"fact.License.spdxId",kind:"text"},{name:"commercialUse",label:"fact.License.commercialUse",required:!0,kind:"choice",of:"CommercialUse",values:a.CommercialUse},{name:"url",label:"fact.License.url",kind:"url"},{name:"conditions",label:"fact.License.conditions",kind:"localized",source:"conditions"},{name:"links",label:"fact.License.links",kind:"parts",of:"Link"}],Organization:[{name:"name",label:"fact.Organization.name",required:!0,kind:"text"},{name:"localizedName",label:"fact.Organization.localizedName",kind:"localized",source:"name"}]},i=e(`
  fragment ModelFacts on Model {
    name
    aliases
    kind
    position
    releaseDate
    commercialUse
    statedCommercialUse
    trainingFlops
  }
`),s=e(`
  fragment DataScaleFacts on DataScale {
    text
    amount
    unit
  }
`),c=e(`
  fragment LinkFacts on Link {
    kind
    title
    url
  }
`),r=e(`
  fragment ModelSizeFacts on ModelSize {
    label
    parameters
    activeParameters
    trainingTokens
    releaseDate
    statedReleaseDate
    commercialUse
    statedCommercialUse
  }
`),o=e(`
  fragment DatasetFacts on Dataset {
    name
    tokens
    bytes
  }
`),d=e(`
  fragment ArchitectureFacts on Architecture {
    name
  }
`),m=e(`
  fragment LicenseFacts on License {
    name
    spdxId
    commercialUse
    url
  }
`);export{n as a,a as b,l as c,i as d,s as e,c as f,r as g,o as h,d as i,m as j};
