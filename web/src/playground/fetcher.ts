import { getOperationAST } from "graphql";
import type { GraphiQLProps } from "graphiql";

type Fetcher = GraphiQLProps["fetcher"];
type Operation = Parameters<Fetcher>[0];
type Result = { data?: Record<string, unknown>; errors?: any[] };

const ENDPOINT = "/graphql";

/** Sends the operation to the API. Failures are returned as results, so that the result pane shows them. */
export const fetcher: Fetcher = (operation, options) => {
  const definition = options?.documentAST && getOperationAST(options.documentAST, operation.operationName);
  return definition?.operation === "subscription"
    ? subscribe(operation, options?.headers)
    : execute(operation, options?.headers);
};

async function execute(operation: Operation, headers?: Record<string, string>): Promise<Result> {
  try {
    return await readResult(
      await post(operation, "application/graphql-response+json, application/json;q=0.9", headers),
    );
  } catch (error) {
    return unreachable(error);
  }
}

/** A subscription as server-sent events: each `next` event carries a result, `complete` ends it. */
function subscribe(operation: Operation, headers?: Record<string, string>): AsyncGenerator<Result> {
  const abort = new AbortController();
  const results = (async function* () {
    try {
      const accept = "text/event-stream, application/graphql-response+json;q=0.9, application/json;q=0.8";
      const response = await post(operation, accept, headers, abort.signal);
      if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) {
        yield await readResult(response);
        return;
      }
      for await (const { event, data } of serverSentEvents(response.body)) {
        if (event === "complete") return;
        if (event === "next") yield JSON.parse(data) as Result;
      }
    } catch (error) {
      if (!abort.signal.aborted) yield unreachable(error);
    }
  })();
  // The stop button calls `return`, which would wait for the next event; aborting closes the connection at once.
  const finish = results.return.bind(results);
  results.return = (value) => {
    abort.abort();
    return finish(value);
  };
  return results;
}

function post(operation: Operation, accept: string, extra: Record<string, string> = {}, signal?: AbortSignal) {
  const headers = new Headers({ accept, "content-type": "application/json" });
  for (const [name, value] of Object.entries(extra)) headers.set(name, value);
  return fetch(ENDPOINT, { method: "POST", headers, body: JSON.stringify(operation), signal });
}

async function readResult(response: Response): Promise<Result> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Result;
  } catch {
    const status = `${response.status} ${response.statusText}`.trim();
    return failure(
      `The server responded with status ${status}, without JSON: ${text.slice(0, 500).trim() || "(empty body)"}`,
    );
  }
}

async function* serverSentEvents(body: ReadableStream<Uint8Array>) {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let buffer = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    buffer = (buffer + chunk.value).replaceAll("\r\n", "\n");
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      const field = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim());
      yield { event: field("event").at(-1) ?? "message", data: field("data").join("\n") };
    }
  }
}

function unreachable(error: unknown): Result {
  return failure(`The request to ${ENDPOINT} failed: ${error instanceof Error ? error.message : String(error)}`);
}

function failure(message: string): Result {
  return { errors: [{ message }] };
}
