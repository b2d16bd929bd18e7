import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { mayEdit } from "../api/session";
import { useQuery } from "../api/use-query";
import { setTitle } from "../title";
import { isChosen, toggleChosen } from "../compare/chosen";
import { EditSubject } from "../edit/subject";
import { bytes, count, day, moment, scientific } from "../format";
import { apiLanguage, t, word } from "../text";
import { Changes } from "../changes/fields";
import { LinkList } from "../ui/links";
import { NotFound } from "../ui/not-found";
import { Problem } from "../ui/problem";
import { Fact, Names } from "../ui/fact";
import { Use } from "../ui/use";
import { modelDocument, type ModelFacts } from "./document";
import { Sizes } from "./sizes";

export function ModelPage({ slug }: { slug: string }) {
  const { data, error } = useQuery(modelDocument, { slug, language: apiLanguage() }, { sticky: true });
  const [editing, setEditing] = useState(false);
  const model = data?.model;
  useEffect(() => (model ? setTitle(model.name) : undefined), [model?.name]);
  if (ApiError.isNotFound(error)) return <NotFound />;
  if (error) return <div class="page"><Problem error={error} /></div>;
  if (!data) return <p class="loading" role="status">{t("loading")}</p>;
  if (!model) return <NotFound />;
  if (editing && mayEdit()) return <EditSubject noun="model" slug={slug} close={() => setEditing(false)} />;
  return (
    <article class="page">
      <header class="subject">
        <p class="crumbs"><a href="/">{t("nav.models")}</a></p>
        <h1 tabIndex={-1}>{model.name}</h1>
        {model.aliases.length > 0 && <p class="aliases">{model.aliases.join(t("list.comma"))}</p>}
        {model.summary && <p class="lead">{model.summary}</p>}
        <p class="badges">
          <Use value={model.commercialUse} />
          <span class="tag">{word("kind", model.kind)}</span>
        </p>
        <p class="buttons">
          {mayEdit() && <button type="button" class="primary" onClick={() => setEditing(true)}>{t("edit.edit")}</button>}
          <button type="button" aria-pressed={isChosen(slug)} onClick={() => toggleChosen(slug)}>
            {t(isChosen(slug) ? "compare.remove" : "compare.addThis")}
          </button>
        </p>
      </header>
      <Facts model={model} />
      <section>
        <h2>{t("model.sizes")}</h2>
        {model.sizes.length > 0 ? <Sizes sizes={model.sizes} license={model.license?.slug} /> : <p class="unknown">{t("model.noSizes")}</p>}
      </section>
      {model.license && (
        <section>
          <h2>{t("model.license")}</h2>
          <div class="card">
            <p><strong><a href={`/licenses/${model.license.slug}`}>{model.license.name}</a></strong> <Use value={model.license.commercialUse} /></p>
            {model.license.conditions && <p>{model.license.conditions}</p>}
          </div>
        </section>
      )}
      {model.datasets.length > 0 && (
        <section>
          <h2>{t("model.datasets")}</h2>
          <ul class="plain">
            {model.datasets.map(({ slug, name, tokens, bytes: size }) => (
              <li key={slug}>
                <a href={`/datasets/${slug}`}>{name}</a>{" "}
                <span class="unit">{[tokens && t("amount.tokens", { count: count(tokens) }), size && bytes(size)].filter(Boolean).join(" · ")}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Lineage model={model} />
      {model.links.length > 0 && (
        <section>
          <h2>{t("model.links")}</h2>
          <LinkList links={model.links} />
        </section>
      )}
      <section>
        <h2>{t("history.title")}</h2>
        <Changes revisions={[...model.revisions.nodes].reverse()} />
        <p class="unit">{t("history.version", { version: model.version, time: moment(model.updatedAt) })}</p>
      </section>
    </article>
  );
}

function Facts({ model }: { model: ModelFacts }) {
  return (
    <dl class="facts">
      <Fact name={t("model.maker")}><Names of={model.organizations} at="organizations" /></Fact>
      <Fact name={t("model.released")}>{model.releaseDate && day(model.releaseDate)}</Fact>
      <Fact name={t("model.largest")}>{model.maxParameters !== null && t("amount.parameters", { count: count(model.maxParameters) })}</Fact>
      <Fact name={t("model.data")}>
        {model.maxTrainingTokens !== null && t("amount.tokens", { count: count(model.maxTrainingTokens) })}
        {model.dataScale && model.maxTrainingTokens === null && model.dataScale.text}
      </Fact>
      {model.dataScale && <Fact name={t("model.dataText")}>“{model.dataScale.text}”</Fact>}
      <Fact name={t("model.flops")}>{model.trainingFlops !== null && `${scientific(model.trainingFlops)} FLOPs`}</Fact>
      <Fact name={t("model.architecture")}>{model.architecture && <Names of={[model.architecture]} at="architectures" />}</Fact>
    </dl>
  );
}

/** What the model was made from, and what was made from it. */
function Lineage({ model: { name, baseModel, derivedModels } }: { model: ModelFacts }) {
  if (!baseModel && derivedModels.length === 0) return null;
  return (
    <section>
      <h2>{t("model.lineage")}</h2>
      <ol class="lineage">
        {baseModel && <li><a href={`/models/${baseModel.slug}`}>{baseModel.name}</a></li>}
        <li aria-current="true"><strong>{name}</strong></li>
        {derivedModels.length > 0 && (
          <li><ul>{derivedModels.map(({ slug, name }) => <li key={slug}><a href={`/models/${slug}`}>{name}</a></li>)}</ul></li>
        )}
      </ol>
    </section>
  );
}
