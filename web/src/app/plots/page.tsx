import { useEffect, useState } from "preact/hooks";
import { request } from "../api/client";
import { type DataOf, documentText } from "../api/graphql";
import { queryKey } from "../api/query-cache";
import { useQuery } from "../api/use-query";
import { facetsDocument } from "../catalog/facets-document";
import { Filters } from "../catalog/filters";
import {
  facetsVariables,
  readParams,
  type CatalogParams,
  type CommercialUse,
  modelFilter,
  type ModelFilter,
  writeParams,
} from "../catalog/params";
import { ENUMS } from "../facts.gen";
import { formatInteger } from "../format";
import { registerQuery } from "../queries/page-queries";
import { navigate, currentUrl } from "../router";
import { t } from "../i18n";
import { ErrorMessage } from "../ui/error-message";
import { countsDocument, pointsDocument } from "./documents";
import { licenses, points, releases } from "./draw";
import { Figure } from "./figure";

type Point = DataOf<typeof pointsDocument>["models"]["nodes"][number];
/** The largest number of points; more would overlap too much. */
const MAX_POINTS = 1000;

/** Charts of the filtered models. */
export function Plots() {
  const params = readParams(currentUrl().searchParams);
  const { data: facets } = useQuery(facetsDocument, facetsVariables(params), { sticky: true, hidden: true });
  const withUse = (use: CommercialUse): ModelFilter => ({
    and: [modelFilter(params), { commercialUse: { eq: use } }],
  });
  const { data: counts, error } = useQuery(
    countsDocument,
    {
      search: params.q,
      where: modelFilter(params),
      allowed: withUse("ALLOWED"),
      conditional: withUse("CONDITIONAL"),
      required: withUse("AUTHORIZATION_REQUIRED"),
      prohibited: withUse("PROHIBITED"),
      varies: withUse("VARIES"),
      unknown: withUse("UNKNOWN"),
    },
    { sticky: true },
  );
  const scatter = usePoints(params);
  const change = (part: Partial<CatalogParams>) =>
    navigate(`/plots${writeParams({ ...readParams(currentUrl().searchParams), ...part })}`, { keepScroll: true });
  const years =
    counts &&
    ENUMS.CommercialUse.flatMap((use) =>
      counts[use].facets.releaseYears.map(({ value, count }) => ({ year: value, use, count })),
    );
  return (
    <div class="catalog">
      <header class="intro">
        <h1 tabIndex={-1}>{t("plots.title")}</h1>
        <p>
          {t("plots.lead")} <a href={`/${writeParams(params)}`}>{t("plots.table")}</a>
        </p>
      </header>
      <Filters params={params} facets={facets} change={change} />
      <section class="results plots" aria-label={t("plots.title")}>
        {(error ?? scatter.error) && <ErrorMessage error={(error ?? scatter.error) as Error} />}
        <Figure
          name="parameters-and-tokens"
          title={t("plots.points")}
          ready={!!scatter.points}
          empty={scatter.points?.length === 0}
          note={
            scatter.total > scatter.count
              ? t("plots.most", { count: formatInteger(scatter.count), total: formatInteger(scatter.total) })
              : t("plots.pointsNote")
          }
          legend
          data={scatter.points}
          draw={points}
        />
        <Figure
          name="releases"
          title={t("plots.releases")}
          ready={!!years}
          empty={years?.length === 0}
          note={t("plots.releasesNote")}
          legend
          data={years}
          draw={releases}
        />
        <Figure
          name="licenses"
          title={t("plots.licenses")}
          ready={!!counts}
          empty={counts?.all.facets.licenses.length === 0}
          note={t("plots.licensesNote")}
          data={counts?.all.facets.licenses}
          draw={licenses}
        />
      </section>
    </div>
  );
}

/** The points of the scatter plot, loaded in pages. */
function usePoints(params: CatalogParams): { points?: Point[]; count: number; total: number; error?: Error } {
  const known: ModelFilter = {
    and: [modelFilter(params), { maxParameters: { isNull: false }, maxTrainingTokens: { isNull: false } }],
  };
  const variables = { search: params.q, where: known };
  const key = queryKey(pointsDocument, variables);
  const [state, setState] = useState<{ points?: Point[]; total: number; error?: Error }>({ total: 0 });
  useEffect(() => registerQuery({ document: documentText(pointsDocument), variables }), [key]);
  useEffect(() => {
    const abort = new AbortController();
    const read = async () => {
      const points: Point[] = [];
      let after: string | null = null;
      do {
        const { models }: DataOf<typeof pointsDocument> = await request(
          pointsDocument,
          { ...variables, after },
          { signal: abort.signal },
        );
        points.push(...models.nodes);
        after = models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null;
        setState({ points: [...points], total: models.totalCount });
      } while (after && points.length < MAX_POINTS);
    };
    read().catch((error: Error) => abort.signal.aborted || setState({ total: 0, error }));
    return () => abort.abort();
  }, [key]);
  return { ...state, count: state.points?.length ?? 0 };
}
