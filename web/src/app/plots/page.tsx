import { useEffect, useState } from "preact/hooks";
import { request } from "../api/client";
import type { ResultOf } from "../api/graphql";
import { keyOf, useQuery } from "../api/use-query";
import { facetsDocument } from "../catalog/facets-document";
import { Filters } from "../catalog/filters";
import { facetsVariables, readView, type View, where, type Where, writeView } from "../catalog/view";
import { whole } from "../format";
import { show } from "../learn/shown";
import { go, here } from "../router";
import { t } from "../text";
import { Problem } from "../ui/problem";
import { countsDocument, pointsDocument } from "./documents";
import { licenses, points, releases } from "./draw";
import { Figure } from "./figure";

type Point = ResultOf<typeof pointsDocument>["models"]["nodes"][number];
/** The most points of a plot: more could not be told apart. */
const MOST_POINTS = 1000;

/** Plots of the models of a view. */
export function Plots() {
  const view = readView(here().searchParams);
  const { data: facets } = useQuery(facetsDocument, facetsVariables(view), { sticky: true, hidden: true });
  const narrow = (use: "ALLOWED" | "AUTHORIZATION_REQUIRED" | "PROHIBITED" | "UNKNOWN"): Where => ({
    and: [where(view), { commercialUse: { eq: use } }],
  });
  const { data: counts, error } = useQuery(
    countsDocument,
    {
      search: view.q,
      where: where(view),
      allowed: narrow("ALLOWED"),
      required: narrow("AUTHORIZATION_REQUIRED"),
      prohibited: narrow("PROHIBITED"),
      unknown: narrow("UNKNOWN"),
    },
    { sticky: true },
  );
  const scatter = usePoints(view);
  const change = (part: Partial<View>) =>
    go(`/plots${writeView({ ...readView(here().searchParams), ...part })}`, { stay: true });
  const years =
    counts &&
    (["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"] as const).flatMap((use) =>
      counts[use].facets.releaseYears.map(({ value, count }) => ({ year: value, use, count })),
    );
  return (
    <div class="catalog">
      <header class="intro">
        <h1 tabIndex={-1}>{t("plots.title")}</h1>
        <p>
          {t("plots.lead")} <a href={`/${writeView(view)}`}>{t("plots.table")}</a>
        </p>
      </header>
      <Filters view={view} facets={facets} change={change} />
      <section class="results plots" aria-label={t("plots.title")}>
        {(error ?? scatter.error) && <Problem error={(error ?? scatter.error) as Error} />}
        <Figure
          name="parameters-and-tokens"
          title={t("plots.points")}
          ready={!!scatter.points}
          empty={scatter.points?.length === 0}
          note={
            scatter.total > scatter.count
              ? t("plots.most", { count: whole(scatter.count), total: whole(scatter.total) })
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

/** The points of a view, page after page. */
function usePoints(view: View): { points?: Point[]; count: number; total: number; error?: Error } {
  const known: Where = {
    and: [where(view), { maxParameters: { isNull: false }, maxTrainingTokens: { isNull: false } }],
  };
  const variables = { search: view.q, where: known };
  const key = keyOf(pointsDocument, variables);
  const [state, setState] = useState<{ points?: Point[]; total: number; error?: Error }>({ total: 0 });
  useEffect(() => show({ document: pointsDocument as unknown as string, variables }), [key]);
  useEffect(() => {
    const abort = new AbortController();
    const read = async () => {
      const points: Point[] = [];
      let after: string | null = null;
      do {
        const { models }: ResultOf<typeof pointsDocument> = await request(
          pointsDocument,
          { ...variables, after },
          { signal: abort.signal },
        );
        points.push(...models.nodes);
        after = models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null;
        setState({ points: [...points], total: models.totalCount });
      } while (after && points.length < MOST_POINTS);
    };
    read().catch((error: Error) => abort.signal.aborted || setState({ total: 0, error }));
    return () => abort.abort();
  }, [key]);
  return { ...state, count: state.points?.length ?? 0 };
}
