import { createClient } from "graphql-sse";
import { useEffect, useState } from "preact/hooks";
import { ENDPOINT } from "../api/client";
import { documentText } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { registerQuery } from "../queries/page-queries";
import { navigate, currentUrl } from "../router";
import { t, enumText } from "../i18n";
import { ALL_SUBJECTS, subjectAddress, subjectByValue } from "../subjects";
import { ErrorMessage } from "../ui/error-message";
import { liveDocument, type Revision, revisionsDocument, type Where } from "./documents";
import { RevisionItem } from "./revision";

const MAX_LIVE_REVISIONS = 500;

/** The revisions of the catalog, newest first. New ones are added while the page is open. */
export function Changes() {
  const parameters = currentUrl().searchParams;
  const type = subjectByValue(parameters.get("type"))?.value;
  const subject = parameters.get("subject") ?? "";
  const actor = parameters.get("actor") ?? "";
  const before = parameters.get("before");
  const where: Where = {
    ...(type && { subjectType: { eq: type } }),
    ...(subject && { subjectSlug: { contains: subject } }),
    ...(actor && { actor: { contains: actor } }),
  };
  const { data, error } = useQuery(revisionsDocument, { where, ...(before && { before }) }, { sticky: true });
  const { revisions: received, listening } = useLive(data?.catalog.revision);
  const matches = (revision: Revision) =>
    (!type || revision.subjectType === type) &&
    (revision.subjectSlug ?? "").includes(subject.toLowerCase()) &&
    revision.actor.toLowerCase().includes(actor.toLowerCase());
  const listed = [...(data?.revisions.nodes ?? [])].reverse();
  const known = new Set(listed.map(({ number }) => number));
  const shown = before
    ? listed
    : [...received.filter((revision) => !known.has(revision.number) && matches(revision)), ...listed];
  const narrow = (name: string, value: string) => {
    const parameters = currentUrl().searchParams;
    if (value) parameters.set(name, value);
    else parameters.delete(name);
    parameters.delete("before");
    navigate(`/changes${parameters.size ? `?${parameters}` : ""}`, { replace: name !== "type", keepScroll: true });
  };
  const page = (cursor?: string | null) => {
    const parameters = currentUrl().searchParams;
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
            {ALL_SUBJECTS.map(({ value }) => (
              <option key={value} value={value}>
                {enumText("SubjectType", value)}
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
      {error && <ErrorMessage error={error} />}
      <ol class="revisions" aria-live="polite" aria-relevant="additions">
        {shown.map((revision) => (
          <RevisionItem key={revision.number} type={subjectByValue(revision.subjectType)?.type} revision={revision}>
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
      <span class="unit">{enumText("SubjectType", subjectType)}</span>{" "}
      {subjectSlug &&
        (action === "DELETED" ? (
          <strong>{subjectSlug}</strong>
        ) : (
          <SubjectLink value={subjectType} slug={subjectSlug} />
        ))}{" "}
    </>
  );
}

/** A link to a subject by its type in the API. */
function SubjectLink({ value, slug }: { value: string; slug: string }) {
  const subject = subjectByValue(value);
  return subject ? <a href={subjectAddress(subject.type, slug)}>{slug}</a> : <strong>{slug}</strong>;
}

/** Revisions that are committed while the page is open, newest first. A reconnect continues after the last one. */
function useLive(start: number | undefined): { revisions: Revision[]; listening: boolean } {
  const [revisions, setRevisions] = useState<Revision[]>([]);
  const [listening, setListening] = useState(false);
  useEffect(() => registerQuery({ document: documentText(liveDocument), variables: {} }), []);
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
        { query: documentText(liveDocument), variables: { after: last } },
        {
          next: ({ data }) => {
            if (!data) return;
            last = data.revisions.number;
            setRevisions((known) => [data.revisions, ...known].slice(0, MAX_LIVE_REVISIONS));
          },
          error: reconnect,
          complete: reconnect,
        },
      );
    };
    const reconnect = () => {
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
