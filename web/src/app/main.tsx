import { render } from "preact";
import { queryCache, queryKey } from "./api/query-cache";
import { App, isPage, loadPage } from "./app";
import { currentUrl, startRouter } from "./router";
import { subscribe } from "./store";
import { startSession } from "./ui/sign-in";
import "./styles/main.css";

const root = document.getElementById("app");
const sent = document.getElementById("sent")?.textContent;
if (sent) {
  // The result of the query that the server rendered the page from. It fills the cache, so the query is not sent again.
  const { query, variables, data } = JSON.parse(sent) as Record<"query" | "variables" | "data", unknown>;
  queryCache.set(queryKey(query, variables), data);
}
if (root) {
  // The server's HTML stays until the component that replaces it is loaded.
  await loadPage(currentUrl().pathname);
  root.replaceChildren();
  const renderApp = () => render(<App />, root);
  subscribe(renderApp);
  startRouter(isPage);
  renderApp();
  void startSession();
}
