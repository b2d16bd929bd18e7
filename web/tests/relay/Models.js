import { graphql } from "react-relay";

/** A row of a list of models. */
export const row = graphql`
  fragment Models_row on Model {
    id
    slug
    name
    commercialUse
    maxParameters
    license {
      name
    }
  }
`;

/** A paginated list of models; @refetchable generates its query. */
export const list = graphql`
  fragment Models_list on Query
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 10 }
    after: { type: "String" }
    where: { type: "ModelFilter" }
    orderBy: { type: "[ModelOrder!]" }
  )
  @refetchable(queryName: "ModelsPaginationQuery") {
    models(first: $first, after: $after, where: $where, orderBy: $orderBy)
      @connection(key: "Models_models", filters: ["where", "orderBy"]) {
      totalCount
      edges {
        cursor
        node {
          ...Models_row
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const page = graphql`
  query ModelsQuery($where: ModelFilter, $orderBy: [ModelOrder!]) {
    ...Models_list @arguments(first: 20, where: $where, orderBy: $orderBy)
  }
`;
