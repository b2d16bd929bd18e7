/** @jsxImportSource react */
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import checkpoint from "./examples/checkpoint.graphql";
import conflicts from "./examples/conflicts.graphql";
import fits from "./examples/fits.graphql";
import groups from "./examples/groups.graphql";
import licenses from "./examples/licenses.graphql";
import newest from "./examples/newest.graphql";
import { fetcher } from "./fetcher";
import { storage } from "./storage";
import { chosenTheme } from "./theme";
import "./playground.css";

const examples = [newest, fits, checkpoint, licenses, conflicts, groups].map((query) => ({ query }));

// Nothing else is read from the address, because a token must never be in one.
const address = new URLSearchParams(location.search);
const query = address.get("query") ?? undefined;
// Empty rather than undefined with a linked query; otherwise GraphiQL would restore the variables of the last visit.
const variables = query === undefined ? undefined : (address.get("variables") ?? "");
const theme = chosenTheme();

createRoot(document.getElementById("playground")!).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    query={query}
    variables={variables}
    defaultTabs={query === undefined ? examples : [{ query, variables }, ...examples]}
    {...(theme && { forcedTheme: theme })}
    inputValueDeprecation
    isHeadersEditorEnabled
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <a className="home" href="/api">
        Open LLM Catalog
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
