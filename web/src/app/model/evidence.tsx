import { fieldLabel, valueText } from "../changes/revision";
import { safeLink } from "../format";
import { enumText, t } from "../i18n";
import type { ModelPageData } from "./document";

type Statement = ModelPageData["evidence"]["nodes"][number];

/** The statements of sources about a model and its sizes. */
export function Evidence({ of: { evidence, evidenceOfSizes } }: { of: ModelPageData }) {
  const all: { label?: string; statement: Statement }[] = [
    ...evidence.nodes.map((statement) => ({ statement })),
    ...evidenceOfSizes.flatMap(({ label, evidence }) => evidence.nodes.map((statement) => ({ label, statement }))),
  ];
  // The basis of a number is left out: it comes with the number.
  const statements = all.filter(({ statement }) => !statement.field.endsWith("Basis"));
  if (statements.length === 0) return null;
  const sources = new Set(statements.map(({ statement }) => statement.source?.slug));
  return (
    <section>
      <h2>{t("evidence.title")}</h2>
      <details class="evidence">
        <summary>
          {t("evidence.count", { count: statements.length })} · {t("evidence.sources", { count: sources.size })}
        </summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={t("evidence.title")}>
          <table class="data">
            <thead>
              <tr>
                <th scope="col">{t("history.field")}</th>
                <th scope="col">{t("evidence.value")}</th>
                <th scope="col">{t("evidence.source")}</th>
                <th scope="col">{t("evidence.words")}</th>
              </tr>
            </thead>
            <tbody>
              {statements.map(({ label, statement }) => (
                <Row key={statement.id} label={label} statement={statement} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function Row({ label, statement }: { label?: string; statement: Statement }) {
  const { field, value, stance, agrees, source, locator, url, quote, confidence } = statement;
  return (
    <tr>
      <th scope="row">
        {label && <span class="chip">{label}</span>} {fieldLabel(label ? "ModelSize" : "Model", field)}
      </th>
      <td>
        {stance === "STATED" ? valueText(value ?? null) : <span class="unknown">{enumText("Stance", stance)}</span>}{" "}
        {agrees === false && <span class="tag deleted">{t("evidence.differs")}</span>}
      </td>
      <td>
        {source && <a href={`/sources/${source.slug}`}>{source.title}</a>}{" "}
        {locator && (
          <span class="unit">
            {url ? (
              <a href={safeLink(url)} rel="noreferrer" target="_blank">
                {locator}
              </a>
            ) : (
              locator
            )}
          </span>
        )}
      </td>
      <td>
        {quote && <q>{quote}</q>} <span class="unit">{enumText("Confidence", confidence)}</span>
      </td>
    </tr>
  );
}
