import { queryCache, queryKey } from "./api/query-cache";
import { registerQuery } from "./queries/page-queries";

type Sent = { query: string; variables: unknown; data?: unknown };

let forget = () => {};

/** Reads the query that the server drew a page from: for the panel of queries, or with its data for a view of a script. */
export function readSent(page: Document): void {
  forget();
  forget = () => {};
  const text = page.getElementById("sent")?.textContent;
  if (!text) return;
  const { query, variables, data } = JSON.parse(text) as Sent;
  if (data === undefined) forget = registerQuery({ document: query, variables });
  else queryCache.set(queryKey(query, variables), data);
}
