import { graphql } from "react-relay";

/** A fragment that is refetched through node(id:). */
export const details = graphql`
  fragment Model_details on Model
  @argumentDefinitions(language: { type: "Language", defaultValue: EN })
  @refetchable(queryName: "ModelDetailsRefetchQuery") {
    name
    summary(language: $language)
    sizes {
      id
      label
      parameters
      memoryBytes(precision: INT4)
    }
    links {
      kind
      url
    }
  }
`;

/** Backward pagination inside a node. */
export const history = graphql`
  fragment Model_history on Model
  @argumentDefinitions(last: { type: "Int", defaultValue: 10 }, before: { type: "String" })
  @refetchable(queryName: "ModelHistoryPaginationQuery") {
    revisions(last: $last, before: $before) @connection(key: "Model_revisions") {
      edges {
        node {
          number
          action
        }
      }
    }
  }
`;

export const page = graphql`
  query ModelQuery($id: ID!, $language: Language!) {
    node(id: $id) {
      __typename
      id
      ... on Model @alias(as: "model") {
        slug
        ...Model_details @arguments(language: $language)
        ...Model_history
      }
    }
  }
`;
