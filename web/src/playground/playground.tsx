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

// Only these two are read from the address: a token must never travel in one.
const address = new URLSearchParams(location.search);
const query = address.get("query") ?? undefined;
// Empty rather than absent beside a linked query, or GraphiQL would put the last visit's variables next to it.
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
