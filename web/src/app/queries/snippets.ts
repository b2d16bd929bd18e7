import { ENDPOINT } from "../api/client";
import type { PageQuery } from "./page-queries";

/** The address that opens the playground with a query and its variables. */
export function inPlayground({ document, variables }: PageQuery): string {
  const parameters = new URLSearchParams({ query: document, variables: JSON.stringify(variables, null, 2) });
  return `/playground?${parameters}`;
}

export function asCurl({ document, variables }: PageQuery): string {
  const live = document.startsWith("subscription");
  const body = JSON.stringify({ query: document, variables }, null, 2).replaceAll("'", "'\\''");
  return `curl ${live ? "-N -H 'accept: text/event-stream' " : "-s "}${endpoint()} \\
  -H 'content-type: application/json' \\
  --data '${body}'
`;
}

export function asTypeScript({ document, variables }: PageQuery): string {
  return `const query = ${JSON.stringify(document)};
const variables = ${JSON.stringify(variables, null, 2)};

const response = await fetch("${endpoint()}", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ query, variables }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(errors[0].message);
console.log(data);
`;
}

export function asPython({ document, variables }: PageQuery): string {
  return `import json
import urllib.request

query = ${JSON.stringify(document)}
variables = json.loads(${JSON.stringify(JSON.stringify(variables))})

request = urllib.request.Request(
    "${endpoint()}",
    data=json.dumps({"query": query, "variables": variables}).encode(),
    headers={"content-type": "application/json"},
)
with urllib.request.urlopen(request) as response:
    result = json.load(response)
if "errors" in result:
    raise RuntimeError(result["errors"][0]["message"])
print(json.dumps(result["data"], ensure_ascii=False, indent=2))
`;
}

function endpoint(): string {
  return location.origin + ENDPOINT;
}
