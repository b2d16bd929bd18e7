import{d as a,g as t}from"./chunk-47FMI4XM.js";import{u as e}from"./chunk-LU7WSHZP.js";var s=e(`
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
      maxParameters
      maxTrainingTokens
      datasets { slug name tokens bytes }
      links { kind title url }
      sizes {
        id
        ...ModelSizeFacts
        tokensPerParameter
        license { slug name }
        fp16: memoryBytes(precision: FP16)
        int8: memoryBytes(precision: INT8)
        int4: memoryBytes(precision: INT4)
      }
    }
  `,[a,t]),n=e(`
    query Model($slug: String!, $language: Language) {
      model(slug: $slug) {
        ...ModelDetails
        revisions(last: 20) {
          nodes { number createdAt actor action changes { field before after } }
        }
      }
    }
  `,[s]);export{s as a,n as b};
