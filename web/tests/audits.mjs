// The GraphQL-over-HTTP audits of graphql-http. Recommendations and optional ones count as much as requirements.
import { serverAudits } from "graphql-http";
import { GRAPHQL_URL } from "./server.mjs";

const AUDITS = 61;

const audits = serverAudits({ url: GRAPHQL_URL });
let failed = 0;
for (const { id, name, fn } of audits) {
  const reason = await failure(fn);
  if (reason === null) continue;
  failed += 1;
  console.log(`FAILED ${id} ${name}\n  ${reason}\n`);
}

const complete = audits.length === AUDITS;
if (!complete) console.log(`FAILED: there are ${audits.length} audits instead of ${AUDITS}\n`);
console.log(`${audits.length - failed} passed, ${failed} failed`);
process.exitCode = complete && failed === 0 ? 0 : 1;

/** Why an audit failed, or null. An audit returns a failed expectation and throws if there was no response. */
async function failure(fn) {
  try {
    const result = await fn();
    if (result.status === "ok") return null;
    const { response } = result;
    const body = response.bodyUsed ? "(already read)" : (await response.text()) || "(empty)";
    return [
      `${result.status}: ${result.reason}`,
      `status ${response.status}, content-type ${response.headers.get("content-type")}`,
      `body: ${body.slice(0, 1000)}`,
    ].join("\n  ");
  } catch (error) {
    return `${error.message}${error.cause ? `: ${error.cause.message}` : ""}`;
  }
}
