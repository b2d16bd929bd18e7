import { createClient } from "graphql-sse";
import { useEffect, useState } from "preact/hooks";
import { ENDPOINT } from "../api/client";
import { useQuery } from "../api/use-query";
import { show } from "../learn/shown";
import { go, here } from "../router";
import { t, word } from "../text";
import { Problem } from "../ui/problem";
import { liveDocument, type Revision, revisionsDocument, type Where } from "./documents";
import { RevisionItem } from "./fields";

const SUBJECTS = ["MODEL", "DATASET", "LICENSE", "ORGANIZATION", "ARCHITECTURE"] as const;
const MOST_LIVE = 500;

/** The revisions of the catalog, the newest first, and new ones as they come. */
export function Changes() {
  const parameters = here().searchParams;
  const type = SUBJECTS.find((subject) => subject === parameters.get("type"));
  const subject = parameters.get("subject") ?? "";
  const actor = parameters.get("actor") ?? "";
  const before = parameters.get("before");
  const where: Where = {
    ...(type && { subjectType: { eq: type } }),
    ...(subject && { subjectSlug: { contains: subject } }),
    ...(actor && { actor: { contains: actor } }),
  };
  const { data, error } = useQuery(revisionsDocument, { where, ...(before && { before }) }, { sticky: true });
  const { revisions: news, listening } = useLive(data?.catalog.revision);
  const matches = (revision: Revision) =>
    (!type || revision.subjectType === type) &&
    (revision.subjectSlug ?? "").includes(subject.toLowerCase()) &&
    revision.actor.toLowerCase().includes(actor.toLowerCase());
  const listed = [...(data?.revisions.nodes ?? [])].reverse();
  const known = new Set(listed.map(({ number }) => number));
  const shown = before
    ? listed
    : [...news.filter((revision) => !known.has(revision.number) && matches(revision)), ...listed];
  const narrow = (name: string, value: string) => {
    const parameters = here().searchParams;
    if (value) parameters.set(name, value);
    else parameters.delete(name);
    parameters.delete("before");
    go(`/changes${parameters.size ? `?${parameters}` : ""}`, { replace: name !== "type", stay: true });
  };
  const page = (cursor?: string | null) => {
    const parameters = here().searchParams;
    if (cursor) parameters.set("before", cursor);
    else parameters.delete("before");
    return `/changes${parameters.size ? `?${parameters}` : ""}`;
  };
  return (
    <div class="page">
      <h1 tabIndex={-1}>{t("changes.title")}</h1>
      <p class="above">
        <span class={listening ? "live on" : "live"} role="status">
          {t(listening ? "changes.live" : "changes.connecting")}
        </span>
        <a href="/feed.atom">{t("changes.feed")}</a>
      </p>
      <form class="line" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="sub">
          <span>{t("changes.type")}</span>
          <select value={type ?? ""} onChange={(event) => narrow("type", event.currentTarget.value)}>
            <option value="">{t("changes.all")}</option>
            {SUBJECTS.map((subject) => (
              <option key={subject} value={subject}>
                {word("subject", subject)}
              </option>
            ))}
          </select>
        </label>
        <label class="sub">
          <span>{t("changes.subject")}</span>
          <input type="search" value={subject} onInput={(event) => narrow("subject", event.currentTarget.value)} />
        </label>
        <label class="sub">
          <span>{t("changes.actor")}</span>
          <input type="search" value={actor} onInput={(event) => narrow("actor", event.currentTarget.value)} />
        </label>
      </form>
      {error && <Problem error={error} />}
      <ol class="revisions" aria-live="polite" aria-relevant="additions">
        {shown.map((revision) => (
          <RevisionItem key={revision.number} revision={revision}>
            <Subject revision={revision} />
          </RevisionItem>
        ))}
      </ol>
      {data && shown.length === 0 && <p class="empty">{t("changes.none")}</p>}
      <p class="buttons">
        {before && (
          <a class="button" href={page()}>
            {t("changes.newest")}
          </a>
        )}
        {data?.revisions.pageInfo.hasPreviousPage && (
          <a class="button" rel="next" href={page(data.revisions.pageInfo.startCursor)}>
            {t("changes.older")}
          </a>
        )}
      </p>
    </div>
  );
}

function Subject({ revision: { subjectType, subjectSlug, action } }: { revision: Revision }) {
  return (
    <>
      <span class="unit">{word("subject", subjectType)}</span>{" "}
      {subjectSlug &&
        (action === "DELETED" ? (
          <strong>{subjectSlug}</strong>
        ) : (
          <a href={`/${subjectType.toLowerCase()}s/${subjectSlug}`}>{subjectSlug}</a>
        ))}{" "}
    </>
  );
}

/** Revisions that were committed while the page was open, the newest first. After a lost connection none is missing. */
function useLive(start: number | undefined): { revisions: Revision[]; listening: boolean } {
  const [revisions, setRevisions] = useState<Revision[]>([]);
  const [listening, setListening] = useState(false);
  useEffect(() => show({ document: liveDocument as unknown as string, variables: {} }), []);
  const known = start !== undefined;
  useEffect(() => {
    if (!known) return;
    let last = start;
    let stopped = false;
    let stop = () => {};
    const client = createClient({
      url: ENDPOINT,
      retryAttempts: 0,
      on: { connected: () => setListening(true) },
    });
    const listen = () => {
      stop = client.subscribe<{ revisions: Revision }>(
        { query: liveDocument as unknown as string, variables: { after: last } },
        {
          next: ({ data }) => {
            if (!data) return;
            last = data.revisions.number;
            setRevisions((known) => [data.revisions, ...known].slice(0, MOST_LIVE));
          },
          error: again,
          complete: again,
        },
      );
    };
    const again = () => {
      if (stopped) return;
      setListening(false);
      setTimeout(() => (stopped ? undefined : listen()), 2000);
    };
    listen();
    return () => {
      stopped = true;
      stop();
    };
  }, [known]);
  return { revisions, listening };
}
