import { graphql } from "../api/graphql";

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
