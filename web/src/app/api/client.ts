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
  /** `seconds`: when to come again, where the server says so. */
  constructor(
    readonly errors: GraphQLError[],
    readonly seconds?: number,
  ) {
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
  // What stands between may answer in other words while the server is away.
  const answer = (await response.json().catch(() => undefined)) as { data?: Data; errors?: GraphQLError[] } | undefined;
  signal?.throwIfAborted();
  if (!answer) throw new TypeError(`${ENDPOINT} answered ${response.status}`);
  if (answer.errors?.length)
    throw new ApiError(answer.errors, Number(response.headers.get("retry-after")) || undefined);
  return answer.data as Data;
}

export function authorization(): Record<string, string> {
  const secret = token();
  return secret ? { authorization: `Bearer ${secret}` } : {};
}
