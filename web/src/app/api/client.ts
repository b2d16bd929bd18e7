import type { Document, Succeeded } from "./graphql";
import { currentViewer, setViewer, token } from "./session";

/** A validation error of an input field. */
export type FieldProblem = { path: string; message: string };

export type GraphQLError = {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; fields?: FieldProblem[]; currentVersion?: number; revisions?: number[] };
};

/** The errors of a response. */
export class ApiError extends Error {
  /** `seconds`: the Retry-After header, if there is one. */
  constructor(
    readonly errors: GraphQLError[],
    readonly seconds?: number,
  ) {
    super(errors.map(({ message }) => message).join("\n"));
  }

  get code(): string | undefined {
    return this.errors[0]?.extensions?.code;
  }

  /** Whether the subject does not exist. */
  static isNotFound(error: unknown): boolean {
    return error instanceof ApiError && error.code === "NOT_FOUND";
  }

  /** All validation errors of the input. */
  get fields(): FieldProblem[] {
    return this.errors.flatMap(({ extensions }) => extensions?.fields ?? []);
  }
}

export const ENDPOINT = "/graphql";

type Options = { signal?: AbortSignal; idempotencyKey?: string };

/** Sends an operation to the API. Rejects with an ApiError for GraphQL errors, with a TypeError otherwise. */
export async function request<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  { signal, idempotencyKey }: Options = {},
): Promise<Succeeded<Data>> {
  const headers = new Headers({ "content-type": "application/json", accept: "application/json", ...authorization() });
  if (idempotencyKey) headers.set("idempotency-key", idempotencyKey);
  const body = JSON.stringify({ query: document, variables });
  const response = await fetch(ENDPOINT, { method: "POST", headers, body, signal });
  // A proxy may respond without JSON while the server is down.
  const result = (await response.json().catch(() => undefined)) as
    { data?: Succeeded<Data>; errors?: GraphQLError[] } | undefined;
  signal?.throwIfAborted();
  if (!result) throw new TypeError(`${ENDPOINT} responded with status ${response.status}`);
  if (result.errors?.length) {
    const error = new ApiError(result.errors, Number(response.headers.get("retry-after")) || undefined);
    // The token has expired or was revoked since. What was entered in forms stays.
    if (error.code === "UNAUTHENTICATED" && currentViewer()) setViewer(undefined);
    throw error;
  }
  return result.data as Succeeded<Data>;
}

export function authorization(): Record<string, string> {
  const secret = token();
  return secret ? { authorization: `Bearer ${secret}` } : {};
}
