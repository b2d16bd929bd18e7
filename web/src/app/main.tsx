import { render } from "preact";
import { keep, keyOf } from "./api/use-query";
import { App } from "./app";
import { modelsDocument } from "./catalog/models-document";
import { startRouter } from "./router";
import { startSession } from "./ui/sign-in";
import { drawWith } from "./store";
import "./styles/main.css";

const root = document.getElementById("app");
const sent = document.getElementById("sent")?.textContent;
if (sent) {
  // The answer that the server made its table from, so that nobody asks for it again.
  const { variables, data } = JSON.parse(sent) as { variables: unknown; data: unknown };
  keep(keyOf(modelsDocument, variables), data);
}
if (root) {
  root.replaceChildren();
  const draw = () => render(<App />, root);
  drawWith(draw);
  startRouter();
  draw();
  void startSession();
}
