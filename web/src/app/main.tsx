import { render } from "preact";
import { keep, keyOf } from "./api/use-query";
import { App, ready } from "./app";
import { startRouter } from "./router";
import { startSession } from "./ui/sign-in";
import { drawWith } from "./store";
import "./styles/main.css";

const root = document.getElementById("app");
const sent = document.getElementById("sent")?.textContent;
if (sent) {
  // The answer that the server made its page from, so that nobody asks for it again.
  const { query, variables, data } = JSON.parse(sent) as Record<"query" | "variables" | "data", unknown>;
  keep(keyOf(query, variables), data);
}
if (root) {
  // What the server sent stays until the view can take its place.
  await ready(location.pathname);
  root.replaceChildren();
  const draw = () => render(<App />, root);
  drawWith(draw);
  startRouter();
  draw();
  void startSession();
}
