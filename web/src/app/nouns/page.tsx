import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import type { Document } from "../api/graphql";
import { mayEdit } from "../api/session";
import { useQuery } from "../api/use-query";
import { setTitle } from "../title";
import { Changes } from "../changes/fields";
import { InPlace } from "../edit/in-place";
import { bytes, count, day, moment, safeLink, whole } from "../format";
import { apiLanguage, type Key, t } from "../text";
import { Fact, Names } from "../ui/fact";
import { lazy } from "../ui/lazy";
import { LinkList } from "../ui/links";
import { NotFound } from "../ui/not-found";
import { Problem } from "../ui/problem";
import { Use } from "../ui/use";
import type { Change } from "../changes/fields";
import { architectureDocument, datasetDocument, licenseDocument, type Noun, organizationDocument } from "./documents";

const EditSubject = lazy(() => import("../edit/subject").then(({ EditSubject }) => EditSubject));

type Row = {
  slug: string;
  name: string;
  commercialUse: string;
  releaseDate: string | null;
  maxParameters: number | string | null;
  maxTrainingTokens: number | string | null;
  sizes: readonly { label: string }[];
};

/** What a subject of any noun may have. */
type SubjectFacts = {
  slug: string;
  name: string;
  version: number;
  updatedAt: string;
  tokens?: number | string | null;
  bytes?: number | string | null;
  license?: { slug: string; name: string } | null;
  spdxId?: string | null;
  commercialUse?: string;
  url?: string | null;
  conditions?: string | null;
  links?: readonly { kind: string; title: string | null; url: string }[];
  models: { totalCount: number; nodes: readonly Row[] };
  revisions: {
    nodes: readonly { number: number; createdAt: string; actor: string; action: string; changes: readonly Change[] }[];
  };
};

type Variables = { slug: string; language?: "EN" | "ZH" };

const DOCUMENTS = {
  dataset: datasetDocument,
  license: licenseDocument,
  organization: organizationDocument,
  architecture: architectureDocument,
} as unknown as Record<Noun, Document<Partial<Record<Noun, SubjectFacts | null>>, Variables>>;

/** The field of the catalog's address that narrows it to a subject's models. */
const FILTERS: Partial<Record<Noun, string>> = { license: "license", organization: "maker" };

export function Subject({ noun, slug }: { noun: Noun; slug: string }) {
  const localized = noun === "license" || noun === "organization";
  const variables = { slug, ...(localized && { language: apiLanguage() }) };
  const { data, error, retry } = useQuery(DOCUMENTS[noun], variables, { sticky: true });
  const [editing, setEditing] = useState(false);
  const subject = data?.[noun];
  useEffect(() => (subject ? setTitle(subject.name) : undefined), [subject?.name]);
  if (ApiError.isNotFound(error)) return <NotFound />;
  if (error)
    return (
      <div class="page">
        <Problem error={error} retry={retry} />
      </div>
    );
  if (!data)
    return (
      <p class="loading" role="status">
        {t("loading")}
      </p>
    );
  if (!subject) return <NotFound />;
  if (editing && mayEdit()) return <EditSubject noun={noun} slug={slug} close={() => setEditing(false)} />;
  const filter = FILTERS[noun];
  const edit = (field: string, name: Key) => (shown: ComponentChildren) => (
    <InPlace noun={noun} slug={slug} field={field} name={name}>
      {shown}
    </InPlace>
  );
  const said = (text: ComponentChildren) => text || (mayEdit() && <span class="unknown">{t("unknown")}</span>);
  const conditions = noun === "license" && said(subject.conditions);
  return (
    <article class="page">
      <header class="subject">
        <p class="crumbs">
          <a href={`/${noun}s`}>{t(`nav.${noun}s` as Key)}</a>
        </p>
        <InPlace noun={noun} slug={slug} field="name" name="model.name" stay>
          <h1 tabIndex={-1}>{subject.name}</h1>
        </InPlace>
        {subject.commercialUse && (
          <div class="badges">{edit("commercialUse", "filters.use")(<Use value={subject.commercialUse} />)}</div>
        )}
        {conditions && <div class="lead">{edit("conditions", "license.conditions")(<span>{conditions}</span>)}</div>}
        {mayEdit() && (
          <p class="buttons">
            <button type="button" class="primary" onClick={() => setEditing(true)}>
              {t("edit.edit")}
            </button>
          </p>
        )}
      </header>
      {noun !== "organization" && noun !== "architecture" && (
        <dl class="facts">
          {noun === "dataset" && (
            <Fact name={t("dataset.tokens")} within={edit("tokens", "dataset.tokens")}>
              {subject.tokens != null && t("amount.tokens", { count: count(subject.tokens) })}
            </Fact>
          )}
          {noun === "dataset" && (
            <Fact name={t("dataset.bytes")} within={edit("bytes", "dataset.bytes")}>
              {subject.bytes != null && bytes(subject.bytes)}
            </Fact>
          )}
          {noun === "dataset" && (
            <Fact name={t("model.license")} within={edit("license", "model.license")}>
              {subject.license && <Names of={[subject.license]} at="licenses" />}
            </Fact>
          )}
          {noun === "license" && (
            <Fact name="SPDX" within={edit("spdxId", "edit.spdx")}>
              {subject.spdxId}
            </Fact>
          )}
          {noun === "license" && (
            <Fact name={t("license.text")} within={edit("url", "license.text")}>
              {subject.url && (
                <a href={safeLink(subject.url)} rel="noreferrer" target="_blank">
                  {subject.url.replace(/^https?:\/\//, "")}
                </a>
              )}
            </Fact>
          )}
        </dl>
      )}
      <section>
        <h2>
          {t("nav.models")} <span class="badge">{whole(subject.models.totalCount)}</span>
        </h2>
        {subject.models.nodes.length > 0 && <ModelList rows={subject.models.nodes} />}
        {filter && (
          <p>
            <a href={`/?${new URLSearchParams({ [filter]: slug })}`}>{t("noun.inCatalog")}</a>
          </p>
        )}
      </section>
      {subject.links && (subject.links.length > 0 || mayEdit()) && (
        <section>
          <h2>{t("model.links")}</h2>
          {edit("links", "model.links")(subject.links.length > 0 ? <LinkList links={subject.links} /> : said(""))}
        </section>
      )}
      <section>
        <h2>{t("history.title")}</h2>
        <Changes revisions={[...subject.revisions.nodes].reverse()} />
        <p class="unit">{t("history.version", { version: subject.version, time: moment(subject.updatedAt) })}</p>
      </section>
    </article>
  );
}

function ModelList({ rows }: { rows: readonly Row[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("nav.models")}>
      <table class="data">
        <thead>
          <tr>
            <th scope="col">{t("model.name")}</th>
            <th scope="col">{t("model.sizes")}</th>
            <th scope="col" class="number">
              {t("sizes.tokens")}
            </th>
            <th scope="col">{t("filters.use")}</th>
            <th scope="col">{t("model.released")}</th>
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
              <td class="number">{row.maxTrainingTokens === null ? "–" : count(row.maxTrainingTokens)}</td>
              <td>
                <Use value={row.commercialUse} />
              </td>
              <td>{row.releaseDate ? day(row.releaseDate) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
