import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { graphql } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { bytes, count, day, scientific } from "../format";
import { modelFacts, type ModelFacts } from "../model/document";
import { go, here } from "../router";
import { apiLanguage, t, word } from "../text";
import { Names } from "../ui/fact";
import { Problem } from "../ui/problem";
import { Use } from "../ui/use";
import { choose, MOST } from "./chosen";

const compareDocument = graphql(
  `
    query Compare($slugs: [String!]!, $language: Language) {
      models(first: 5, where: { slug: { in: $slugs } }) {
        nodes { ...ModelFacts }
      }
    }
  `,
  [modelFacts],
);

type Line = { name: string; show: (model: ModelFacts) => ComponentChildren; plain: (model: ModelFacts) => string };

/** Up to five models side by side. */
export function Compare() {
  const slugs = [...new Set((here().searchParams.get("models") ?? "").split(",").filter(Boolean))].slice(0, MOST);
  const { data, error } = useQuery(
    compareDocument,
    { slugs, language: apiLanguage() },
    { skip: slugs.length === 0, sticky: true },
  );
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const change = (slugs: string[]) => {
    choose(slugs);
    go(slugs.length ? `/compare?models=${slugs.join(",")}` : "/compare", { stay: true });
  };
  const models = slugs.flatMap((slug) => data?.models.nodes.find((model) => model.slug === slug) ?? []);
  return (
    <div class="page wide">
      <h1 tabIndex={-1}>{t("compare.title")}</h1>
      {error && <Problem error={error} />}
      <div class="above">
        {slugs.length < MOST ? (
          <AddModel add={(slug) => change([...slugs.filter((other) => other !== slug), slug])} />
        ) : (
          <p>{t("compare.full", { most: MOST })}</p>
        )}
        {models.length > 1 && (
          <label class="check">
            <input type="checkbox" checked={onlyDifferent} onChange={() => setOnlyDifferent(!onlyDifferent)} />{" "}
            {t("compare.onlyDifferent")}
          </label>
        )}
      </div>
      {slugs.length === 0 ? (
        <p class="empty">{t("compare.none")}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label={t("compare.title")}>
          <table class="compare">
            <thead>
              <tr>
                <td />
                {models.map((model) => (
                  <th key={model.slug} scope="col">
                    <a href={`/models/${model.slug}`}>{model.name}</a>
                    <button
                      type="button"
                      class="text"
                      aria-label={t("compare.removeNamed", { name: model.name })}
                      onClick={() => change(slugs.filter((slug) => slug !== model.slug))}
                    >
                      ✕
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines().map((line) => {
                const differs = new Set(models.map(line.plain)).size > 1;
                if (onlyDifferent && !differs) return null;
                return (
                  <tr key={line.name} class={differs ? "differs" : ""}>
                    <th scope="row">
                      {line.name}
                      {differs && (
                        <span class="mark" title={t("compare.differs")}>
                          <span aria-hidden="true">≠</span>
                          <span class="hidden">{t("compare.differs")}</span>
                        </span>
                      )}
                    </th>
                    {models.map((model) => (
                      <td key={model.slug}>
                        {line.plain(model) ? line.show(model) : <span class="unknown">{t("unknown")}</span>}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function lines(): Line[] {
  const line = (name: string, plain: Line["plain"], show: Line["show"] = plain): Line => ({ name, plain, show });
  const slugs = (of: readonly { slug: string }[]) =>
    of
      .map(({ slug }) => slug)
      .sort()
      .join();
  return [
    line(
      t("filters.use"),
      (model) => model.commercialUse,
      (model) => <Use value={model.commercialUse} />,
    ),
    line(
      t("model.license"),
      (model) => model.license?.slug ?? "",
      (model) => model.license && <Names of={[model.license]} at="licenses" />,
    ),
    line(t("license.conditions"), (model) => model.license?.conditions ?? ""),
    line(t("model.kind"), (model) => word("kind", model.kind)),
    line(
      t("model.maker"),
      (model) => slugs(model.organizations),
      (model) => <Names of={model.organizations} at="organizations" />,
    ),
    line(t("model.released"), (model) => (model.releaseDate ? day(model.releaseDate) : "")),
    line(
      t("model.sizes"),
      (model) => model.sizes.map(({ label }) => label).join(", "),
      (model) =>
        model.sizes.map(({ label }) => (
          <span key={label} class="chip">
            {label}
          </span>
        )),
    ),
    line(t("model.largest"), (model) => (model.maxParameters === null ? "" : count(model.maxParameters))),
    line(
      t("compare.smallest"),
      (model) => smallest(model, "int4"),
      (model) => smallest(model, "int4"),
    ),
    line(
      t("compare.smallest16"),
      (model) => smallest(model, "fp16"),
      (model) => smallest(model, "fp16"),
    ),
    line(t("model.data"), (model) =>
      model.maxTrainingTokens === null
        ? (model.dataScale?.text ?? "")
        : t("amount.tokens", { count: count(model.maxTrainingTokens) }),
    ),
    line(t("model.flops"), (model) => (model.trainingFlops === null ? "" : `${scientific(model.trainingFlops)} FLOPs`)),
    line(t("model.architecture"), (model) => model.architecture?.name ?? ""),
    line(
      t("model.base"),
      (model) => model.baseModel?.slug ?? "",
      (model) => model.baseModel && <Names of={[model.baseModel]} at="models" />,
    ),
    line(
      t("model.datasets"),
      (model) => slugs(model.datasets),
      (model) => <Names of={model.datasets} at="datasets" />,
    ),
    line(t("model.summary"), (model) => model.summary ?? ""),
  ];
}

function smallest(model: ModelFacts, precision: "fp16" | "int4"): string {
  const least = Math.min(...model.sizes.map((size) => Number(size[precision])));
  return Number.isFinite(least) ? bytes(least) : "";
}

const findDocument = graphql(`
  query FindModels($search: String!) {
    models(first: 8, search: $search) {
      nodes { slug name organizations { name } }
    }
  }
`);

/** A box to find a model by its name. */
function AddModel({ add }: { add: (slug: string) => void }) {
  const [search, setSearch] = useState("");
  const { data } = useQuery(findDocument, { search }, { skip: search.trim() === "", sticky: true, hidden: true });
  return (
    <div class="finder">
      <input
        type="search"
        value={search}
        placeholder={t("compare.find")}
        aria-label={t("compare.find")}
        maxLength={200}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {search.trim() !== "" && data && (
        <ul>
          {data.models.nodes.map(({ slug, name, organizations }) => (
            <li key={slug}>
              <button type="button" onClick={() => (setSearch(""), add(slug))}>
                {name} <span class="unit">{organizations.map(({ name }) => name).join(", ")}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
