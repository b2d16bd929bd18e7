import { useState } from "preact/hooks";
import { request } from "../api/client";
import { remarkText } from "../api/error-text";
import { type DataOf, graphql, type VariablesOf } from "../api/graphql";
import { isAdmin } from "../api/session";
import { queryCache } from "../api/query-cache";
import { FieldChanges, fieldLabel } from "../changes/revision";
import { formatBytes, formatInteger } from "../format";
import { t, enumText } from "../i18n";
import { subjectByValue } from "../subjects";
import { ErrorMessage, Problems } from "../ui/error-message";
import { showToast } from "../ui/toast";
import { SignInRequired } from "./sign-in-required";

const importDocument = graphql(`
  mutation Import($input: ImportCatalogInput!) {
    importCatalog(input: $input) {
      written
      created
      updated
      unchanged
      rejected
      rows {
        line
        row
        subjectType
        slug
        outcome
        changes { field before after }
        warnings { column raw message }
        problems { column raw message }
      }
    }
  }
`);

type Report = DataOf<typeof importDocument>["importCatalog"];
type Format = VariablesOf<typeof importDocument>["input"]["format"];

const FORMATS: Format[] = ["MARKDOWN", "CSV", "JSON", "NDJSON", "HUGGING_FACE", "MODELS_DEV"];
const FORMATS_BY_EXTENSION: Record<string, Format> = {
  md: "MARKDOWN",
  csv: "CSV",
  json: "JSON",
  ndjson: "NDJSON",
  jsonl: "NDJSON",
};
const MAX_ROWS_SHOWN = 500;
/** The largest content that the API takes, in bytes, with room for the rest of the request. */
const MAX_BYTES = 1_040_000;

/** Imports a file: a dry run shows a preview, then the rows can be saved. */
export function Import() {
  const [file, setFile] = useState<{ name: string; content: string }>();
  const [format, setFormat] = useState<Format>("MARKDOWN");
  const [report, setReport] = useState<Report>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<File>();
  if (!isAdmin()) return <SignInRequired title={t("import.title")} admin />;

  const send = async (content: string, format: Format, dryRun: boolean) => {
    setBusy(true);
    setError(undefined);
    setReport(undefined);
    try {
      const { importCatalog } = await request(importDocument, { input: { content, format, dryRun } });
      setReport(importCatalog);
      if (!importCatalog.written) return;
      queryCache.clear();
      showToast(t("import.done"));
    } catch (error) {
      setError(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const readFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    setReport(undefined);
    setTooLarge(chosen.size > MAX_BYTES ? chosen : undefined);
    if (chosen.size > MAX_BYTES) return setFile(undefined);
    const content = await chosen.text();
    const guessed = FORMATS_BY_EXTENSION[chosen.name.split(".").at(-1)?.toLowerCase() ?? ""] ?? format;
    setFormat(guessed);
    setFile({ name: chosen.name, content });
    await send(content, guessed, true);
  };
  const warnings = report?.rows.reduce((count, row) => count + row.warnings.length, 0) ?? 0;
  return (
    <div class="page wide">
      <h1 tabIndex={-1}>{t("import.title")}</h1>
      <p>{t("import.text")}</p>
      <label
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => (event.preventDefault(), setOver(false), void readFile(event.dataTransfer?.files[0]))}
      >
        <span>{file ? file.name : t("import.drop")}</span>
        <input
          type="file"
          accept=".md,.csv,.json,.ndjson,.jsonl"
          onChange={(event) => void readFile(event.currentTarget.files?.[0])}
        />
      </label>
      <label class="sub">
        <span>{t("import.format")}</span>
        <select
          value={format}
          onChange={(event) => {
            const chosen = event.currentTarget.value as Format;
            setFormat(chosen);
            if (file) void send(file.content, chosen, true);
          }}
        >
          {FORMATS.map((name) => (
            <option key={name} value={name}>
              {enumText("ImportFormat", name)}
            </option>
          ))}
        </select>
      </label>
      {busy && (
        <p class="loading" role="status">
          {t("loading")}
        </p>
      )}
      {error && <ErrorMessage error={error} />}
      {tooLarge && (
        <Problems texts={[t("import.tooLarge", { name: tooLarge.name, size: formatBytes(tooLarge.size) })]} />
      )}
      {report && (
        <section>
          <h2>{t(report.written ? "import.done" : "import.report")}</h2>
          <p role="status">
            {t(report.written ? "import.counts" : "import.wouldCounts", {
              created: formatInteger(report.created),
              updated: formatInteger(report.updated),
              unchanged: formatInteger(report.unchanged),
              rejected: formatInteger(report.rejected),
            })}
          </p>
          {warnings > 0 && <p class="warning">{t("import.warnings", { count: warnings })}</p>}
          {!report.written && report.rejected > 0 && <p class="error">{t("import.rejected")}</p>}
          {!report.written && report.rejected === 0 && report.created + report.updated > 0 && file && (
            <p class="buttons">
              <button type="button" class="primary" onClick={() => void send(file.content, format, false)}>
                {t("import.apply")}
              </button>
            </p>
          )}
          <Rows report={report} />
        </section>
      )}
    </div>
  );
}

function Rows({ report }: { report: Report }) {
  const ranks = ["REJECTED", "CREATED", "UPDATED", "UNCHANGED"];
  const rank = ({ outcome, warnings }: Report["rows"][number]) =>
    outcome === "REJECTED" ? -2 : warnings.length > 0 ? -1 : ranks.indexOf(outcome);
  const rows = [...report.rows].sort((a, b) => rank(a) - rank(b) || a.line - b.line);
  return (
    <>
      <ol class="revisions">
        {rows.slice(0, MAX_ROWS_SHOWN).map((row, i) => (
          <li key={i} class="revision">
            <p>
              <span class="number">{t("import.line", { line: row.line })}</span> <strong>{row.row}</strong>{" "}
              <span class={`tag ${row.outcome.toLowerCase()}`}>
                {enumText(report.written ? "ImportOutcome" : "ImportOutcome.would", row.outcome)}
              </span>
            </p>
            {[...row.problems, ...row.warnings].map((remark, j) => (
              <p key={j} class={j < row.problems.length ? "error" : "warning"}>
                {fieldLabel(subjectByValue(row.subjectType)?.type, remark.column)}
                {t("list.colon")}
                {remarkText(remark.message)} {remark.raw && <q>{remark.raw}</q>}
              </p>
            ))}
            {row.changes.length > 0 && (
              <details>
                <summary>{t("history.fields", { count: row.changes.length })}</summary>
                <FieldChanges type={subjectByValue(row.subjectType)?.type} changes={row.changes} />
              </details>
            )}
          </li>
        ))}
      </ol>
      {rows.length > MAX_ROWS_SHOWN && (
        <p class="unit">{t("import.more", { count: formatInteger(rows.length - MAX_ROWS_SHOWN) })}</p>
      )}
    </>
  );
}
