import { useEffect, useState } from "preact/hooks";
import { FEATURES } from "../features";
import { t } from "../i18n";
import { asCurl, asPython, asTypeScript, inPlayground } from "./snippets";
import { subscribePageQueries, pageQueries, type PageQuery } from "./page-queries";

/** The queries of the current page, which can be copied or opened in the playground. */
export function QueryPanel() {
  const [open, setOpen] = useState(false);
  const [, render] = useState(0);
  useEffect(() => {
    const update = () => render((times) => times + 1);
    // Pages with cached data have registered their queries before this effect runs.
    update();
    return subscribePageQueries(update);
  }, []);
  const queries = pageQueries();
  if (queries.length === 0) return null;
  return (
    <details class="learn" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("queries.title")}</summary>
      {open && <p>{t("queries.text")}</p>}
      {open && queries.map((query, i) => <Query key={query.document} query={query} number={i} />)}
    </details>
  );
}

function Query({ query, number }: { query: PageQuery; number: number }) {
  const [copied, setCopied] = useState("");
  const copy = async (name: string, text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(name);
    setTimeout(() => setCopied(""), 2000);
  };
  const name = /(?:query|subscription|mutation) (\w+)/.exec(query.document)?.[1] ?? String(number + 1);
  const ways: [string, string][] = [
    ["curl", asCurl(query)],
    ["TypeScript", asTypeScript(query)],
    ["Python", asPython(query)],
  ];
  return (
    <section aria-label={name}>
      <p class="actions">
        <strong>{name}</strong>
        {FEATURES.playground && (
          <a class="button" href={inPlayground(query)} target="_blank">
            {t("queries.open")}
          </a>
        )}
        {ways.map(([way, text]) => (
          <button key={way} type="button" onClick={() => void copy(way, text)}>
            {copied === way ? t("queries.copied") : t("queries.copy", { way })}
          </button>
        ))}
        <span class="hidden" role="status">
          {copied && t("queries.copied")}
        </span>
      </p>
      <div class="code">
        <pre tabIndex={0} aria-label={t("queries.query")}>
          {query.document}
        </pre>
        <pre tabIndex={0} aria-label={t("queries.variables")}>
          {JSON.stringify(query.variables, null, 2)}
        </pre>
      </div>
    </section>
  );
}
