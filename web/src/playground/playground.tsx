/** @jsxImportSource react */
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import everything from "./examples/everything.graphql";
import facets from "./examples/facets.graphql";
import search from "./examples/search.graphql";
import small from "./examples/small.graphql";
import { fetcher } from "./fetcher";
import { storage } from "./storage";
import "./playground.css";

const examples = [small, everything, search, facets].map((query) => ({ query }));

// Nothing else is read from the address, because a token must never be in one.
const address = new URLSearchParams(location.search);
const query = address.get("query") ?? undefined;
// Empty rather than undefined with a linked query; otherwise GraphiQL would restore the variables of the last visit.
const variables = query === undefined ? undefined : (address.get("variables") ?? "");

createRoot(document.getElementById("playground")!).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    query={query}
    variables={variables}
    defaultTabs={query === undefined ? examples : [{ query, variables }, ...examples]}
    inputValueDeprecation
    isHeadersEditorEnabled
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>Open LLM Catalog</GraphiQL.Logo>
  </GraphiQL>,
);
