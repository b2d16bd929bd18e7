import { graphql } from "../api/graphql";
import { evidenceFacts } from "../facts.gen";

export const proposeDocument = graphql(`
  mutation ProposeChange($input: ProposeChangeInput!, $reason: String!, $contact: String) {
    proposeChange(input: $input, reason: $reason, contact: $contact) { secret proposal { id } }
  }
`);
export const withdrawDocument = graphql(`
  mutation WithdrawProposal($input: WithdrawProposalInput!) {
    withdrawProposal(input: $input) { proposal { status } }
  }
`);

export const checkpointsDocument = graphql(
  `
    query EditCheckpoints($slug: String!, $after: String) {
      model(slug: $slug) {
        version
        checkpoints(first: 100, after: $after) {
          nodes {
            id
            repository
            stated
            license { slug name }
            evidence(first: 100) { nodes { id field value ...EvidenceFacts source { slug name: title } } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  `,
  [evidenceFacts],
);
