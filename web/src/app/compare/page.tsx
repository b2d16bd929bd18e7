import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { graphql } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { factField, type FactName, type FieldName, otherFacts } from "../fields";
import { formatAmount, formatBytes } from "../format";
import { apiLanguage, t } from "../i18n";
import { modelDetails, type ModelDetails } from "../model/document";
import { currentUrl, navigate } from "../router";
import { ErrorMessage } from "../ui/error-message";
import { factText, showFact, SubjectLinks, Unknown } from "../ui/fact";
import { MAX_MODELS, setSelected } from "./selection";

const compareDocument = graphql(
  `
    query Compare($slugs: [String!]!, $language: Language) {
      models(first: 5, where: { slug: { in: $slugs } }) {
        nodes { ...ModelDetails }
      }
    }
  `,
  [modelDetails],
);

/** A row of the comparison. `text` is empty where the value is unknown; rows differ where their texts do. */
type Row = {
  name: string;
  text: (model: ModelDetails) => string;
  show: (model: ModelDetails) => ComponentChildren;
};

/** Up to five models side by side. */
export function Compare() {
  const requested = (currentUrl().searchParams.get("models") ?? "").split(",").filter(Boolean);
  const slugs = [...new Set(requested)].slice(0, MAX_MODELS);
  const variables = { slugs, language: apiLanguage() };
  const { data, error } = useQuery(compareDocument, variables, { skip: slugs.length === 0, sticky: true });
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const change = (slugs: string[]) => {
    setSelected(slugs);
    navigate(slugs.length ? `/compare?models=${slugs.join(",")}` : "/compare", { keepScroll: true });
  };
  const models = slugs.flatMap((slug) => data?.models.nodes.find((model) => model.slug === slug) ?? []);
  return (
    <div class="page wide">
      <h1 tabIndex={-1}>{t("compare.title")}</h1>
      {error && <ErrorMessage error={error} />}
      <div class="above">
        {slugs.length < MAX_MODELS ? (
          <AddModel add={(slug) => change([...slugs.filter((other) => other !== slug), slug])} />
        ) : (
          <p>{t("compare.full", { most: MAX_MODELS })}</p>
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
              {rows().map((row) => {
                const differs = new Set(models.map(row.text)).size > 1;
                if (onlyDifferent && !differs) return null;
                return (
                  <tr key={row.name} class={differs ? "differs" : ""}>
                    <th scope="row">
                      {row.name}
                      {differs && <DifferenceMark />}
                    </th>
                    {models.map((model) => (
                      <td key={model.slug}>{row.text(model) ? row.show(model) : <Unknown />}</td>
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

function DifferenceMark() {
  return (
    <span class="mark" title={t("compare.differs")}>
      <span aria-hidden="true">≠</span>
      <span class="hidden">{t("compare.differs")}</span>
    </span>
  );
}

/** Fields that have a row in a fixed place, or none. A row for any other fact is added at the end. */
const PLACED: readonly FieldName<"Model">[] = [
  "name",
  "aliases",
  "position",
  "commercialUse",
  "license",
  "kind",
  "organizations",
  "releaseDate",
  "sizes",
  "dataScale",
  "trainingFlops",
  "architecture",
  "baseModel",
  "datasets",
  "summary",
  "links",
];
/** Fields of sizes that have no row of their own. A row for any other fact of sizes is added at the end. */
const PLACED_SIZE: readonly FieldName<"ModelSize">[] = [
  "label",
  "parameters",
  "activeParameters",
  "trainingTokens",
  "license",
];

function rows(): Row[] {
  const row = (name: string, text: Row["text"], show: Row["show"] = text): Row => ({ name, text, show });
  const fact = (name: FactName<"Model">): Row => {
    const field = factField("Model", name);
    return row(
      t(field.label),
      (model) => factText(field, model[name]),
      (model) => showFact(field, model[name]),
    );
  };
  const slugs = (subjects: readonly { slug: string }[]) =>
    subjects
      .map(({ slug }) => slug)
      .sort()
      .join();
  return [
    fact("commercialUse"),
    row(
      t("fact.Model.license"),
      ({ license }) => license?.slug ?? "",
      ({ license }) => license && <SubjectLinks of={[license]} type="License" />,
    ),
    row(t("fact.License.conditions"), ({ license }) => license?.conditions ?? ""),
    fact("kind"),
    row(
      t("fact.Model.organizations"),
      ({ organizations }) => slugs(organizations),
      ({ organizations }) => <SubjectLinks of={organizations} type="Organization" />,
    ),
    fact("releaseDate"),
    row(
      t("fact.Model.sizes"),
      ({ sizes }) => sizes.map(({ label }) => label).join(", "),
      ({ sizes }) =>
        sizes.map(({ label }) => (
          <span key={label} class="chip">
            {label}
          </span>
        )),
    ),
    row(t("model.largest"), ({ maxParameters }) => (maxParameters === null ? "" : formatAmount(maxParameters))),
    row(t("compare.smallest"), (model) => minMemory(model, "int4")),
    row(t("compare.smallest16"), (model) => minMemory(model, "fp16")),
    row(t("fact.Model.dataScale"), ({ maxTrainingTokens, dataScale }) =>
      maxTrainingTokens === null
        ? (dataScale?.text ?? "")
        : t("amount.tokens", { count: formatAmount(maxTrainingTokens) }),
    ),
    fact("trainingFlops"),
    row(t("fact.Model.architecture"), ({ architecture }) => architecture?.name ?? ""),
    row(
      t("fact.Model.baseModel"),
      ({ baseModel }) => baseModel?.slug ?? "",
      ({ baseModel }) => baseModel && <SubjectLinks of={[baseModel]} type="Model" />,
    ),
    row(
      t("fact.Model.datasets"),
      ({ datasets }) => slugs(datasets),
      ({ datasets }) => <SubjectLinks of={datasets} type="Dataset" />,
    ),
    row(t("fact.Model.summary"), ({ summary }) => summary ?? ""),
    ...otherFacts("Model", PLACED).map(({ name }) => fact(name)),
    ...otherFacts("ModelSize", PLACED_SIZE).map((field) =>
      row(t(field.label), ({ sizes }) => {
        const values = sizes.map((size) => factText(field, size[field.name])).filter(Boolean);
        return [...new Set(values)].join(", ");
      }),
    ),
  ];
}

/** The memory that the weights of the smallest size need. */
function minMemory(model: ModelDetails, precision: "fp16" | "int4"): string {
  const min = Math.min(...model.sizes.map((size) => Number(size[precision])));
  return Number.isFinite(min) ? formatBytes(min) : "";
}

const findDocument = graphql(`
  query FindModels($search: String!) {
    models(first: 8, search: $search) {
      nodes { slug name organizations { name } }
    }
  }
`);

/** A search field that adds a model to the comparison. */
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
