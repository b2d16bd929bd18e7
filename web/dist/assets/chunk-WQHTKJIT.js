import{Q as e}from"./chunk-TZE2T6DJ.js";var a=e(`
  fragment ModelFacts on Model {
    slug
    name
    aliases
    kind
    position
    version
    updatedAt
    summary(language: $language)
    releaseDate
    commercialUse
    organizations { slug name(language: $language) }
    license { slug name commercialUse url conditions(language: $language) }
    architecture { slug name }
    baseModel { slug name }
    derivedModels { slug name }
    dataScale { text amount unit }
    maxParameters
    maxTrainingTokens
    trainingFlops
    datasets { slug name tokens bytes }
    links { kind title url }
    sizes {
      id
      label
      parameters
      activeParameters
      trainingTokens
      tokensPerParameter
      license { slug name }
      fp16: memoryBytes(precision: FP16)
      int8: memoryBytes(precision: INT8)
      int4: memoryBytes(precision: INT4)
    }
  }
`),t=e(`
    query Model($slug: String!, $language: Language) {
      model(slug: $slug) {
        ...ModelFacts
        revisions(last: 20) {
          nodes { number createdAt actor action changes { field before after } }
        }
      }
    }
  `,[a]);export{a,t as b};
