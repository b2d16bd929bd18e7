import type { Document } from "./graphql";
import { token } from "./session";

/** What is wrong with a field of an input. */
export type FieldProblem = { path: string; message: string };

export type GraphQLError = {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; fields?: FieldProblem[]; currentVersion?: number; revisions?: number[] };
};

/** What the API refused, in its own words. */
export class ApiError extends Error {
  constructor(readonly errors: GraphQLError[]) {
    super(errors.map(({ message }) => message).join("\n"));
  }

  get code(): string | undefined {
    return this.errors[0]?.extensions?.code;
  }

  /** Whether nothing is there that was asked for. */
  static isNotFound(error: unknown): boolean {
    return error instanceof ApiError && error.code === "NOT_FOUND";
  }

  /** Every problem with an input. */
  get fields(): FieldProblem[] {
    return this.errors.flatMap(({ extensions }) => extensions?.fields ?? []);
  }
}

export const ENDPOINT = "/graphql";

type Options = { signal?: AbortSignal; retryKey?: string };

/** Sends an operation to the API. Rejects with an ApiError where there is no complete answer. */
export async function request<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  { signal, retryKey }: Options = {},
): Promise<Data> {
  const headers = new Headers({ "content-type": "application/json", accept: "application/json", ...authorization() });
  if (retryKey) headers.set("idempotency-key", retryKey);
  const body = JSON.stringify({ query: document, variables });
  const response = await fetch(ENDPOINT, { method: "POST", headers, body, signal });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: GraphQLError[] };
  if (errors?.length) throw new ApiError(errors);
  return data as Data;
}

export function authorization(): Record<string, string> {
  const secret = token();
  return secret ? { authorization: `Bearer ${secret}` } : {};
}
