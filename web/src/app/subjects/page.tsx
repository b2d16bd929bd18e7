import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../api/client";
import type { Document } from "../api/graphql";
import { canEdit } from "../api/session";
import { useQuery } from "../api/use-query";
import { type Change, RevisionList } from "../changes/revision";
import { InlineEdit } from "../edit/inline-edit";
import { type FactValue, type Field, fieldsOf, type FieldsType, isFact, type SubjectType } from "../fields";
import { formatAmount, formatDate, formatDateTime, formatInteger } from "../format";
import { languageVariable, t } from "../i18n";
import { listAddress, type OtherSubject, subjectOf } from "../subjects";
import { CommercialUse } from "../ui/commercial-use";
import { ErrorMessage } from "../ui/error-message";
import { Fact, factText, showFact, SubjectLinks, Unknown } from "../ui/fact";
import { lazy } from "../ui/lazy";
import { LinkList } from "../ui/links";
import { NotFound } from "../ui/not-found";
import { SUBJECT_DOCUMENTS } from "./documents.gen";
import { type Term, TermList } from "./terms";

const EditSubject = lazy(() => import("../edit/edit-subject").then(({ EditSubject }) => EditSubject));

type ModelRow = {
  slug: string;
  name: string;
  commercialUse: string;
  releaseDate: string | null;
  maxTrainingTokens: number | string | null;
  sizes: { label: string; commercialUse: string }[];
};
type Link = { kind: string; title: string | null; url: string };
type Revision = { number: number; createdAt: string; actor: string; action: string; changes: Change[] };

/** The fields that subjects of all types may have; the others are read by their names. */
type SubjectData = {
  slug: string;
  name: string;
  version: number;
  updatedAt: string;
  commercialUse?: string;
  links?: Link[];
  terms?: Term[];
  termsReviewed?: string | null;
  models?: { totalCount: number; nodes: ModelRow[] };
  revisions: { nodes: Revision[] };
  [field: string]: unknown;
};
type Data = { [Name in OtherSubject["field"]]?: SubjectData | null };
type Variables = { slug: string; language?: "EN" | "ZH" | null };

/** The parameter of the catalog's address that filters by a subject of a type. */
const MODEL_FILTERS: { [T in SubjectType]?: string } = { License: "license", Organization: "maker" };
/** The text that introduces the page of a subject. */
const LEADS: { [T in SubjectType]?: string } = { License: "conditions" };
/** Fields that all pages show in a place of their own. */
const PLACED = ["commercialUse", "terms", "links"];

/** The page of a subject of any type except models. */
export function SubjectPage({ type, slug }: { type: OtherSubject["type"]; slug: string }) {
  const { field, nameField, title } = subjectOf(type);
  const document: Document<Data, Variables> = SUBJECT_DOCUMENTS[type].page;
  const { data, error, retry } = useQuery(document, { slug, ...languageVariable(document) }, { sticky: true });
  const [editing, setEditing] = useState(false);
  const subject = data?.[field as OtherSubject["field"]];
  if (ApiError.isNotFound(error)) return <NotFound />;
  if (error) {
    return (
      <div class="page">
        <ErrorMessage error={error} retry={retry} />
      </div>
    );
  }
  if (!data) {
    return (
      <p class="loading" role="status">
        {t("loading")}
      </p>
    );
  }
  if (!subject) return <NotFound />;
  if (editing && canEdit()) return <EditSubject type={type} slug={slug} close={() => setEditing(false)} />;
  const edit = (name: string) => (value: ComponentChildren) => (
    <InlineEdit type={type} slug={slug} field={name}>
      {value}
    </InlineEdit>
  );
  const leadField = LEADS[type];
  const lead = leadField && ((subject[leadField] as string | null) || (canEdit() && <Unknown />));
  const placed = [...PLACED, nameField, leadField];
  const fields = fieldsOf(type).filter(({ name }) => !placed.includes(name));
  const rows = fields.filter((field) => isFact(field) || isReference(field) || isOwnText(field) || isList(field));
  const filter = MODEL_FILTERS[type];
  const { links, models, terms } = subject;
  return (
    <article class="page">
      <header class="subject">
        <p class="crumbs">
          <a href={listAddress(type)}>{t(title)}</a>
        </p>
        <InlineEdit type={type} slug={slug} field={nameField} keepVisible>
          <h1 tabIndex={-1}>{subject.name}</h1>
        </InlineEdit>
        {subject.commercialUse && (
          <div class="badges">{edit("commercialUse")(<CommercialUse value={subject.commercialUse} badge />)}</div>
        )}
        {leadField && lead && <div class="lead">{edit(leadField)(<span>{lead}</span>)}</div>}
        {canEdit() && (
          <p class="buttons">
            <button type="button" class="primary" onClick={() => setEditing(true)}>
              {t("edit.edit")}
            </button>
          </p>
        )}
      </header>
      {rows.length > 0 && (
        <dl class="facts">
          {rows.map((field) => (
            <Fact key={field.name} name={t(field.label)} wrap={edit(field.name)}>
              {showField(field, subject[field.name])}
            </Fact>
          ))}
        </dl>
      )}
      {terms && (terms.length > 0 || canEdit()) && (
        <section>
          <h2>{t("fact.License.terms")}</h2>
          {edit("terms")(
            terms.length > 0 ? <TermList terms={terms} reviewed={subject.termsReviewed ?? null} /> : <Unknown />,
          )}
        </section>
      )}
      {models && (
        <section>
          <h2>
            {t("nav.models")} <span class="badge">{formatInteger(models.totalCount)}</span>
          </h2>
          {models.nodes.length > 0 && <ModelTable rows={models.nodes} />}
          {filter && (
            <p>
              <a href={`/?${new URLSearchParams({ [filter]: slug })}`}>{t("subject.inCatalog")}</a>
            </p>
          )}
        </section>
      )}
      {links && (links.length > 0 || canEdit()) && (
        <section>
          <h2>{t("fact.Model.links")}</h2>
          {edit("links")(links.length > 0 ? <LinkList links={links} /> : <Unknown />)}
        </section>
      )}
      <section>
        <h2>{t("history.title")}</h2>
        <RevisionList type={type} revisions={[...subject.revisions.nodes].reverse()} />
        <p class="unit">
          {t("history.version", { version: subject.version, time: formatDateTime(subject.updatedAt) })}
        </p>
      </section>
    </article>
  );
}

function isReference({ kind }: Field): boolean {
  return kind === "reference" || kind === "references";
}

function isList(field: Field): field is Field & { kind: "parts" } {
  return field.kind === "parts";
}

/** Whether a field is a localized text with a name of its own; the others are translations of a plain field. */
function isOwnText(field: Field): boolean {
  return field.kind === "localized" && field.source === field.name;
}

function showField(field: Field, value: unknown): ComponentChildren {
  if (isFact(field)) return showFact(field, value as FactValue);
  if (isList(field)) return showList(field.of, (value ?? []) as PartValue[]);
  if (field.kind !== "reference" && field.kind !== "references") return value as string | null;
  const references = [value ?? []].flat() as { slug: string; name: string }[];
  return references.length > 0 && <SubjectLinks of={references} type={field.of} />;
}

type PartValue = { [field: string]: FactValue };

/** A list of parts, one per line: the facts of each. */
function showList(type: FieldsType, parts: readonly PartValue[]): ComponentChildren {
  const texts = (part: PartValue) => fieldsOf(type).map((field) => isFact(field) && factText(field, part[field.name]));
  return (
    parts.length > 0 && (
      <ul class="plain">
        {parts.map((part, i) => (
          <li key={i}>{texts(part).filter(Boolean).join(" · ")}</li>
        ))}
      </ul>
    )
  );
}

function ModelTable({ rows }: { rows: readonly ModelRow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("nav.models")}>
      <table class="data">
        <thead>
          <tr>
            <th scope="col">{t("fact.Model.name")}</th>
            <th scope="col">{t("fact.Model.sizes")}</th>
            <th scope="col" class="number">
              {t("fact.ModelSize.trainingTokens")}
            </th>
            <th scope="col">{t("fact.Model.commercialUse")}</th>
            <th scope="col">{t("fact.Model.releaseDate")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.slug}>
              <th scope="row">
                <a href={`/models/${row.slug}`}>{row.name}</a>
              </th>
              <td class="chips">
                {row.sizes.map(({ label }) => (
                  <span key={label} class="chip">
                    {label}
                  </span>
                ))}
              </td>
              <td class="number">{row.maxTrainingTokens === null ? "–" : formatAmount(row.maxTrainingTokens)}</td>
              <td>
                <CommercialUse value={row.commercialUse} sizes={row.sizes} />
              </td>
              <td>{row.releaseDate ? formatDate(row.releaseDate) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
