import { useEffect, useState } from "preact/hooks";
import { OFFERS } from "../offers";
import { t } from "../text";
import { asCurl, asPython, asTypeScript, inPlayground } from "./code";
import { onShown, queriesBehindThePage, type Shown } from "./shown";

/** The queries behind the page: to be opened in the playground, or taken along. */
export function Learn() {
  const [open, setOpen] = useState(false);
  const [, draw] = useState(0);
  useEffect(() => {
    const again = () => draw((times) => times + 1);
    // A view that has its answer already has told its queries before this.
    again();
    return onShown(again);
  }, []);
  const queries = queriesBehindThePage();
  if (queries.length === 0) return null;
  return (
    <details class="learn" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("learn.title")}</summary>
      {open && <p>{t("learn.text")}</p>}
      {open && queries.map((query, i) => <Query key={query.document} query={query} number={i} />)}
    </details>
  );
}

function Query({ query, number }: { query: Shown; number: number }) {
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
        {OFFERS.playground && (
          <a class="button" href={inPlayground(query)} target="_blank">
            {t("learn.open")}
          </a>
        )}
        {ways.map(([way, text]) => (
          <button key={way} type="button" onClick={() => void copy(way, text)}>
            {copied === way ? t("learn.copied") : t("learn.copy", { way })}
          </button>
        ))}
        <span class="hidden" role="status">
          {copied && t("learn.copied")}
        </span>
      </p>
      <div class="code">
        <pre tabIndex={0} aria-label={t("learn.query")}>
          {query.document}
        </pre>
        <pre tabIndex={0} aria-label={t("learn.variables")}>
          {JSON.stringify(query.variables, null, 2)}
        </pre>
      </div>
    </section>
  );
}
