import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { canEdit } from "../api/session";
import { useQuery } from "../api/use-query";
import { RevisionList } from "../changes/revision";
import { isSelected, toggleSelected } from "../compare/selection";
import { InlineEdit } from "../edit/inline-edit";
import { factField, type FactName, type FieldName, otherFacts } from "../fields";
import { formatAmount, formatBytes, formatDateTime } from "../format";
import { apiLanguage, enumText, t } from "../i18n";
import { CommercialUse } from "../ui/commercial-use";
import { ErrorMessage } from "../ui/error-message";
import { Fact, showFact, SubjectLinks, Unknown } from "../ui/fact";
import { lazy } from "../ui/lazy";
import { LinkList } from "../ui/links";
import { NotFound } from "../ui/not-found";
import { Checkpoints } from "./checkpoints";
import { modelDocument, type ModelDetails } from "./document";
import { Evidence } from "./evidence";
import { Sizes } from "./sizes";

const EditSubject = lazy(() => import("../edit/edit-subject").then(({ EditSubject }) => EditSubject));

/** Wraps the value of a field in an inline editor. */
type Edit = (field: FieldName<"Model">) => (value: ComponentChildren) => ComponentChildren;

export function ModelPage({ slug }: { slug: string }) {
  const { data, error, retry } = useQuery(modelDocument, { slug, language: apiLanguage() }, { sticky: true });
  const [editing, setEditing] = useState(false);
  const model = data?.model;
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
  if (!model) return <NotFound />;
  if (editing && canEdit()) return <EditSubject type="Model" slug={slug} close={() => setEditing(false)} />;
  const edit: Edit = (field) => (value) => (
    <InlineEdit type="Model" slug={slug} field={field}>
      {value}
    </InlineEdit>
  );
  const aliases = orUnknown(model.aliases.join(t("list.comma")));
  const summary = orUnknown(model.summary);
  return (
    <article class="page">
      <header class="subject">
        <p class="crumbs">
          <a href="/">{t("nav.models")}</a>
        </p>
        <InlineEdit type="Model" slug={slug} field="name" keepVisible>
          <h1 tabIndex={-1}>{model.name}</h1>
        </InlineEdit>
        {aliases && <div class="aliases">{edit("aliases")(<span>{aliases}</span>)}</div>}
        {summary && <div class="lead">{edit("summary")(<span>{summary}</span>)}</div>}
        <div class="badges">
          {edit("commercialUse")(<CommercialUse value={model.commercialUse} sizes={model.sizes} badge />)}
          {(model.kind || canEdit()) &&
            edit("kind")(model.kind ? <span class="tag">{enumText("ModelKind", model.kind)}</span> : <Unknown />)}
        </div>
        <p class="buttons">
          {canEdit() && (
            <button type="button" class="primary" onClick={() => setEditing(true)}>
              {t("edit.edit")}
            </button>
          )}
          <button type="button" aria-pressed={isSelected(slug)} onClick={() => toggleSelected(slug)}>
            {t(isSelected(slug) ? "compare.remove" : "compare.addThis")}
          </button>
        </p>
      </header>
      <Facts model={model} edit={edit} />
      <section>
        <h2>{t("fact.Model.sizes")}</h2>
        {model.sizes.length > 0 ? (
          <Sizes sizes={model.sizes} license={model.license?.slug} />
        ) : (
          <p class="unknown">{t("model.noSizes")}</p>
        )}
      </section>
      <LicenseSection model={model} edit={edit} />
      <Checkpoints of={model.checkpoints} />
      <DatasetsSection model={model} edit={edit} />
      <Lineage model={model} edit={edit} />
      <Evidence of={model} />
      {(model.links.length > 0 || canEdit()) && (
        <section>
          <h2>{t("fact.Model.links")}</h2>
          {edit("links")(model.links.length > 0 ? <LinkList links={model.links} /> : <Unknown />)}
        </section>
      )}
      <section>
        <h2>{t("history.title")}</h2>
        <RevisionList type="Model" revisions={[...model.revisions.nodes].reverse()} />
        <p class="unit">{t("history.version", { version: model.version, time: formatDateTime(model.updatedAt) })}</p>
      </section>
    </article>
  );
}

/** A text; where there is none, "unknown" for editors, who can add it. */
function orUnknown(text: string | null): ComponentChildren {
  return text || (canEdit() && <Unknown />);
}

/** Fields that this page shows in a place of their own, or not at all. Other facts are added to the list of facts. */
const PLACED: readonly FieldName<"Model">[] = [
  "name",
  "aliases",
  "summary",
  "commercialUse",
  "kind",
  "position",
  "organizations",
  "releaseDate",
  "dataScale",
  "trainingFlops",
  "architecture",
  "sizes",
  "license",
  "datasets",
  "baseModel",
  "links",
];

function Facts({ model, edit }: { model: ModelDetails; edit: Edit }) {
  const fact = (name: FactName<"Model">) => {
    const field = factField("Model", name);
    return (
      <Fact key={name} name={t(field.label)} wrap={edit(name)}>
        {showFact(field, model[name])}
      </Fact>
    );
  };
  return (
    <dl class="facts">
      <Fact name={t("fact.Model.organizations")} wrap={edit("organizations")}>
        <SubjectLinks of={model.organizations} type="Organization" />
      </Fact>
      {fact("releaseDate")}
      <Fact name={t("model.largest")}>
        {model.maxParameters !== null && t("amount.parameters", { count: formatAmount(model.maxParameters) })}
      </Fact>
      <Fact name={t("fact.Model.dataScale")} wrap={edit("dataScale")}>
        {model.maxTrainingTokens !== null && t("amount.tokens", { count: formatAmount(model.maxTrainingTokens) })}
        {model.dataScale && model.maxTrainingTokens === null && model.dataScale.text}
      </Fact>
      {model.dataScale && <Fact name={t("fact.DataScale.text")}>“{model.dataScale.text}”</Fact>}
      {fact("trainingFlops")}
      <Fact name={t("fact.Model.architecture")} wrap={edit("architecture")}>
        {model.architecture && <SubjectLinks of={[model.architecture]} type="Architecture" />}
      </Fact>
      {otherFacts("Model", PLACED).map(({ name }) => fact(name))}
    </dl>
  );
}

function LicenseSection({ model: { license }, edit }: { model: ModelDetails; edit: Edit }) {
  if (!license && !canEdit()) return null;
  return (
    <section>
      <h2>{t("fact.Model.license")}</h2>
      <div class="card">
        {edit("license")(
          license ? (
            <span>
              <strong>
                <a href={`/licenses/${license.slug}`}>{license.name}</a>
              </strong>{" "}
              <CommercialUse value={license.commercialUse} badge />
            </span>
          ) : (
            <Unknown />
          ),
        )}
        {license?.conditions && <p>{license.conditions}</p>}
      </div>
    </section>
  );
}

function DatasetsSection({ model: { datasets }, edit }: { model: ModelDetails; edit: Edit }) {
  if (datasets.length === 0 && !canEdit()) return null;
  const extent = (tokens: number | string | null, size: number | string | null) =>
    [tokens && t("amount.tokens", { count: formatAmount(tokens) }), size && formatBytes(size)].filter(Boolean);
  return (
    <section>
      <h2>{t("fact.Model.datasets")}</h2>
      {edit("datasets")(
        datasets.length === 0 ? (
          <Unknown />
        ) : (
          <ul class="plain">
            {datasets.map(({ slug, name, tokens, bytes }) => (
              <li key={slug}>
                <a href={`/datasets/${slug}`}>{name}</a> <span class="unit">{extent(tokens, bytes).join(" · ")}</span>
              </li>
            ))}
          </ul>
        ),
      )}
    </section>
  );
}

/** The model that this one is derived from, and the models that are derived from it. */
function Lineage({ model: { name, baseModel, derivedModels }, edit }: { model: ModelDetails; edit: Edit }) {
  const { nodes, totalCount } = derivedModels;
  if (!baseModel && nodes.length === 0 && !canEdit()) return null;
  return (
    <section>
      <h2>{t("model.lineage")}</h2>
      <ol class="lineage">
        {(baseModel || canEdit()) && (
          <li>
            {edit("baseModel")(baseModel ? <a href={`/models/${baseModel.slug}`}>{baseModel.name}</a> : <Unknown />)}
          </li>
        )}
        <li aria-current="true">
          <strong>{name}</strong>
        </li>
        {nodes.length > 0 && (
          <li>
            <ul>
              {nodes.map(({ slug, name }) => (
                <li key={slug}>
                  <a href={`/models/${slug}`}>{name}</a>
                </li>
              ))}
              {totalCount > nodes.length && <li>+{totalCount - nodes.length}</li>}
            </ul>
          </li>
        )}
      </ol>
    </section>
  );
}
