import { graphql } from "../api/graphql";
import { modelFacts, modelSizeFacts } from "../facts.gen";
import { evidenceDetails, licenseTerms } from "../subjects/fragments";

/** The fields of a model that its page and the comparison show. */
const modelDetails = graphql(
  `
    fragment ModelDetails on Model {
      slug
      ...ModelFacts
      version
      updatedAt
      summary(language: $language)
      organizations { slug name(language: $language) }
      license { slug name commercialUse }
      licenses { slug name }
      architecture { slug name }
      bases { relation sizeLabel model { slug name } }
      dataScale { text amount unit }
      modalities { input output }
      maxParameters
      maxTrainingTokens
      training { share tokens epochs dataset { slug name tokens bytes } }
      links { kind title url }
      sizes {
        id
        ...ModelSizeFacts
        modalities { input output }
        statedModalities { input output }
        attention
        tokensPerParameter
        license { slug name }
        bf16: memory(quantization: "BF16", context: $context) { total complete basis }
        q8: memory(quantization: "Q8_0", context: $context) { total complete basis }
        q4: memory(quantization: "Q4_K_M", context: $context) { total complete basis }
        chosen: memory(quantization: $quantization, context: $context) { total complete basis }
      }
    }
  `,
  [modelFacts, modelSizeFacts],
);

/** A model that the one of the page was derived from, or that was derived from it. */
const relative = graphql(`
  fragment Relative on Model {
    slug
    name
    organizations { name(language: $language) }
    bases { relation model { slug name } }
  }
`);

export const modelDocument = graphql(
  `
    query Model($slug: String!, $language: Language, $quantization: String!, $context: Int) {
      model(slug: $slug) {
        ...ModelDetails
        licenses {
          slug
          name
          commercialUse
          ...LicenseTerms
        }
        relatives: bases { model { ...Relative } }
        derivedModels(first: 40, orderBy: [{ field: NAME }]) {
          totalCount
          nodes {
            ...Relative
            derivedModels(first: 10, orderBy: [{ field: NAME }]) { totalCount nodes { ...Relative } }
          }
        }
        checkpoints(first: 100) {
          totalCount
          nodes {
            hub
            repository
            path
            url
            variant
            format
            quantization
            bytes
            gated
            official
            releaseDate
            contextLength
            commercialUse
            size { label }
            license { slug name }
            convertedFrom { repository }
          }
        }
        evidence(first: 100) { totalCount nodes { ...EvidenceDetails } }
        evidenceOfSizes: sizes { label evidence(first: 60) { nodes { ...EvidenceDetails } } }
        revisions(last: 20) {
          nodes { number createdAt actor proposer reason action changes { field before after } }
        }
      }
    }
  `,
  [modelDetails, evidenceDetails, relative, licenseTerms],
);

/** The models of a comparison. */
export const compareDocument = graphql(
  `
    query Compare($slugs: [String!]!, $language: Language, $quantization: String!, $context: Int) {
      models(first: 5, where: { slug: { in: $slugs } }) {
        nodes { ...ModelDetails }
      }
    }
  `,
  [modelDetails],
);
