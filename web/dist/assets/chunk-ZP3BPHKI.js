import{d as t,h as a}from"./chunk-3D2QGBJP.js";import{C as e}from"./chunk-DNN3VBVF.js";var s=e(`
    fragment ModelDetails on Model {
      slug
      ...ModelFacts
      version
      updatedAt
      summary(language: $language)
      organizations { slug name(language: $language) }
      license { slug name commercialUse url conditions(language: $language) }
      architecture { slug name }
      baseModel { slug name }
      derivedModels(first: 100, orderBy: [{ field: NAME }]) { totalCount nodes { slug name } }
      dataScale { text amount unit }
      modalities { input output }
      maxParameters
      maxTrainingTokens
      datasets { slug name tokens bytes }
      links { kind title url }
      sizes {
        id
        ...ModelSizeFacts
        modalities { input output }
        statedModalities { input output }
        attention
        tokensPerParameter
        license { slug name }
        fp16: memoryBytes(precision: FP16)
        int8: memoryBytes(precision: INT8)
        int4: memoryBytes(precision: INT4)
      }
    }
  `,[t,a]),l=e(`
  fragment EvidenceDetails on Evidence {
    id
    field
    value
    stance
    agrees
    source { slug title }
    locator
    url
    quote
    confidence
  }
`),n=e(`
    query Model($slug: String!, $language: Language) {
      model(slug: $slug) {
        ...ModelDetails
        checkpoints(first: 100) {
          totalCount
          nodes { id repository url variant releaseDate size { label } license { slug name } }
        }
        evidence(first: 100) { nodes { ...EvidenceDetails } }
        evidenceOfSizes: sizes { label evidence(first: 100) { nodes { ...EvidenceDetails } } }
        revisions(last: 20) {
          nodes { number createdAt actor reason action changes { field before after } }
        }
      }
    }
  `,[s,l]);export{s as a,n as b};
