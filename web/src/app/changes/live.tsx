import { createClient } from "graphql-sse";
import { useEffect, useState } from "preact/hooks";
import { ENDPOINT } from "../api/client";
import { documentText } from "../api/graphql";
import { registerQuery } from "../queries/page-queries";
import { t } from "../i18n";
import { refresh } from "../router";
import { liveDocument } from "./documents";

/** How long the page collects new changes until it is fetched again, and waits to connect again, in milliseconds. */
const COLLECT_MS = 200;
const RECONNECT_MS = 2000;

/** Whether the page of changes is connected to new ones; it is fetched again when one is committed. */
export function Live({ after }: { after: number }) {
  const [listening, setListening] = useState(false);
  useEffect(() => registerQuery({ document: documentText(liveDocument), variables: {} }), []);
  useEffect(() => {
    let last = after;
    let stopped = false;
    let timer: number | undefined;
    let stop = () => {};
    const client = createClient({ url: ENDPOINT, retryAttempts: 0, on: { connected: () => setListening(true) } });
    const listen = () => {
      stop = client.subscribe<{ revisions: { number: number } }>(
        { query: documentText(liveDocument), variables: { after: last } },
        {
          next: ({ data }) => {
            if (!data) return;
            last = data.revisions.number;
            clearTimeout(timer);
            timer = setTimeout(() => void refresh(), COLLECT_MS);
          },
          error: reconnect,
          complete: reconnect,
        },
      );
    };
    const reconnect = () => {
      if (stopped) return;
      setListening(false);
      setTimeout(() => (stopped ? undefined : listen()), RECONNECT_MS);
    };
    listen();
    return () => {
      stopped = true;
      clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <span class={listening ? "live on" : "live"} role="status">
      {t(listening ? "changes.live" : "changes.connecting")}
    </span>
  );
}
