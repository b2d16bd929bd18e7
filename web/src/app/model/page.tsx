import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { mayEdit } from "../api/session";
import { useQuery } from "../api/use-query";
import { setTitle } from "../title";
import { isChosen, toggleChosen } from "../compare/chosen";
import { InPlace } from "../edit/in-place";
import { bytes, count, day, moment, scientific } from "../format";
import { apiLanguage, type Key, t, word } from "../text";
import { lazy } from "../ui/lazy";
import { Changes } from "../changes/fields";
import { LinkList } from "../ui/links";
import { NotFound } from "../ui/not-found";
import { Problem } from "../ui/problem";
import { Fact, Names } from "../ui/fact";
import { Use } from "../ui/use";
import { modelDocument, type ModelFacts } from "./document";
import { Sizes } from "./sizes";

const EditSubject = lazy(() => import("../edit/subject").then(({ EditSubject }) => EditSubject));

export function ModelPage({ slug }: { slug: string }) {
  const { data, error, retry } = useQuery(modelDocument, { slug, language: apiLanguage() }, { sticky: true });
  const [editing, setEditing] = useState(false);
  const model = data?.model;
  useEffect(() => (model ? setTitle(model.name) : undefined), [model?.name]);
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
  if (!model) return <NotFound />;
  if (editing && mayEdit()) return <EditSubject noun="model" slug={slug} close={() => setEditing(false)} />;
  const edit = (field: string, name: Key) => (shown: ComponentChildren) => (
    <InPlace noun="model" slug={slug} field={field} name={name}>
      {shown}
    </InPlace>
  );
  /** A text that an editor may add where there is none. */
  const said = (text: ComponentChildren) => text || (mayEdit() && <span class="unknown">{t("unknown")}</span>);
  const aliases = said(model.aliases.join(t("list.comma")));
  const summary = said(model.summary);
  return (
    <article class="page">
      <header class="subject">
        <p class="crumbs">
          <a href="/">{t("nav.models")}</a>
        </p>
        <InPlace noun="model" slug={slug} field="name" name="model.name" stay>
          <h1 tabIndex={-1}>{model.name}</h1>
        </InPlace>
        {aliases && <div class="aliases">{edit("aliases", "edit.aliases")(<span>{aliases}</span>)}</div>}
        {summary && <div class="lead">{edit("summary", "model.summary")(<span>{summary}</span>)}</div>}
        <div class="badges">
          {edit("commercialUse", "filters.use")(<Use value={model.commercialUse} />)}
          {edit("kind", "model.kind")(<span class="tag">{word("kind", model.kind)}</span>)}
        </div>
        <p class="buttons">
          {mayEdit() && (
            <button type="button" class="primary" onClick={() => setEditing(true)}>
              {t("edit.edit")}
            </button>
          )}
          <button type="button" aria-pressed={isChosen(slug)} onClick={() => toggleChosen(slug)}>
            {t(isChosen(slug) ? "compare.remove" : "compare.addThis")}
          </button>
        </p>
      </header>
      <Facts model={model} edit={edit} />
      <section>
        <h2>{t("model.sizes")}</h2>
        {model.sizes.length > 0 ? (
          <Sizes sizes={model.sizes} license={model.license?.slug} />
        ) : (
          <p class="unknown">{t("model.noSizes")}</p>
        )}
      </section>
      {(model.license || mayEdit()) && (
        <section>
          <h2>{t("model.license")}</h2>
          <div class="card">
            {edit(
              "license",
              "model.license",
            )(
              model.license ? (
                <span>
                  <strong>
                    <a href={`/licenses/${model.license.slug}`}>{model.license.name}</a>
                  </strong>{" "}
                  <Use value={model.license.commercialUse} />
                </span>
              ) : (
                said("")
              ),
            )}
            {model.license?.conditions && <p>{model.license.conditions}</p>}
          </div>
        </section>
      )}
      {(model.datasets.length > 0 || mayEdit()) && (
        <section>
          <h2>{t("model.datasets")}</h2>
          {edit(
            "datasets",
            "model.datasets",
          )(
            model.datasets.length === 0 ? (
              said("")
            ) : (
              <ul class="plain">
                {model.datasets.map(({ slug, name, tokens, bytes: size }) => (
                  <li key={slug}>
                    <a href={`/datasets/${slug}`}>{name}</a>{" "}
                    <span class="unit">
                      {[tokens && t("amount.tokens", { count: count(tokens) }), size && bytes(size)]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </li>
                ))}
              </ul>
            ),
          )}
        </section>
      )}
      <Lineage model={model} edit={edit} />
      {(model.links.length > 0 || mayEdit()) && (
        <section>
          <h2>{t("model.links")}</h2>
          {edit("links", "model.links")(model.links.length > 0 ? <LinkList links={model.links} /> : said(""))}
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

type Edit = (field: string, name: Key) => (shown: ComponentChildren) => ComponentChildren;

function Facts({ model, edit }: { model: ModelFacts; edit: Edit }) {
  return (
    <dl class="facts">
      <Fact name={t("model.maker")} within={edit("organizations", "model.maker")}>
        <Names of={model.organizations} at="organizations" />
      </Fact>
      <Fact name={t("model.released")} within={edit("releaseDate", "model.released")}>
        {model.releaseDate && day(model.releaseDate)}
      </Fact>
      <Fact name={t("model.largest")}>
        {model.maxParameters !== null && t("amount.parameters", { count: count(model.maxParameters) })}
      </Fact>
      <Fact name={t("model.data")} within={edit("dataScale", "model.data")}>
        {model.maxTrainingTokens !== null && t("amount.tokens", { count: count(model.maxTrainingTokens) })}
        {model.dataScale && model.maxTrainingTokens === null && model.dataScale.text}
      </Fact>
      {model.dataScale && <Fact name={t("model.dataText")}>“{model.dataScale.text}”</Fact>}
      <Fact name={t("model.flops")} within={edit("trainingFlops", "model.flops")}>
        {model.trainingFlops !== null && `${scientific(model.trainingFlops)} FLOPs`}
      </Fact>
      <Fact name={t("model.architecture")} within={edit("architecture", "model.architecture")}>
        {model.architecture && <Names of={[model.architecture]} at="architectures" />}
      </Fact>
    </dl>
  );
}

/** What the model was made from, and what was made from it. */
function Lineage({ model: { name, baseModel, derivedModels }, edit }: { model: ModelFacts; edit: Edit }) {
  if (!baseModel && derivedModels.length === 0 && !mayEdit()) return null;
  return (
    <section>
      <h2>{t("model.lineage")}</h2>
      <ol class="lineage">
        {(baseModel || mayEdit()) && (
          <li>
            {edit(
              "baseModel",
              "model.base",
            )(
              baseModel ? (
                <a href={`/models/${baseModel.slug}`}>{baseModel.name}</a>
              ) : (
                <span class="unknown">{t("unknown")}</span>
              ),
            )}
          </li>
        )}
        <li aria-current="true">
          <strong>{name}</strong>
        </li>
        {derivedModels.length > 0 && (
          <li>
            <ul>
              {derivedModels.map(({ slug, name }) => (
                <li key={slug}>
                  <a href={`/models/${slug}`}>{name}</a>
                </li>
              ))}
            </ul>
          </li>
        )}
      </ol>
    </section>
  );
}
