import { graphql } from "../api/graphql";

export const models = graphql(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxTrainingTokens sizes { label commercialUse } }
  }
`);

export const revisions = graphql(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor reason action changes { field before after } }
  }
`);

/** The terms of a license, for a page that says them in words. */
export const licenseTerms = graphql(`
  fragment LicenseTerms on License {
    conditions(language: $language)
    termsReviewed
    url
    terms {
      effect
      quote
      note(language: $language)
      when {
        commercial
        monthlyUsersOver
        dailyUsersOver
        revenueUsdOver
        revenuePeriod
        countedOn
        territories
        territoryBasis
        hosting
        trainsOnOutputs
        modality
      }
    }
  }
`);

/** The fields of a statement of a source that pages show. */
export const evidenceDetails = graphql(`
  fragment EvidenceDetails on Evidence {
    field
    value
    stance
    agrees
    rank
    reason
    qualifier
    source { slug title publishedAt }
    locator
    url
    quote
    accessed
    confidence
  }
`);
