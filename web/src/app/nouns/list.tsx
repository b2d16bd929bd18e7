import type { Document } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { whole } from "../format";
import { go, here } from "../router";
import { apiLanguage, type Key, t } from "../text";
import { Problem } from "../ui/problem";
import { Use } from "../ui/use";
import {
  architecturesDocument,
  datasetsDocument,
  licensesDocument,
  type Noun,
  organizationsDocument,
} from "./documents";

type Page = {
  list: {
    totalCount: number;
    nodes: readonly { slug: string; name: string; commercialUse?: string; models: { totalCount: number } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};
type Variables = { search: string; after?: string; language?: "EN" | "ZH" };

const DOCUMENTS = {
  dataset: datasetsDocument,
  license: licensesDocument,
  organization: organizationsDocument,
  architecture: architecturesDocument,
} as unknown as Record<Noun, Document<Page, Variables>>;

/** All subjects of a noun, a page at a time. */
export function List({ noun }: { noun: Noun }) {
  const parameters = here().searchParams;
  const search = (parameters.get("q") ?? "").trim().slice(0, 200);
  const after = parameters.get("after");
  const address = (q: string, after?: string | null) => {
    const parameters = new URLSearchParams({ ...(q && { q }), ...(after && { after }) });
    return `/${noun}s${parameters.size ? `?${parameters}` : ""}`;
  };
  const variables = { search, ...(after && { after }), ...(noun === "organization" && { language: apiLanguage() }) };
  const { data, error } = useQuery(DOCUMENTS[noun], variables, { sticky: true });
  const list = data?.list;
  return (
    <div class="page">
      <h1 tabIndex={-1}>
        {t(`nav.${noun}s` as Key)}
        {list && <span class="badge">{whole(list.totalCount)}</span>}
      </h1>
      <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          name="q"
          defaultValue={search}
          aria-label={t("filters.find")}
          placeholder={t("filters.find")}
          maxLength={200}
          onInput={(event) => go(address(event.currentTarget.value.trim()), { replace: true, stay: true })}
        />
      </form>
      {error && <Problem error={error} />}
      {list?.nodes.length === 0 && <p class="empty">{t("catalog.none")}</p>}
      <ul class="subjects">
        {list?.nodes.map(({ slug, name, commercialUse, models }) => (
          <li key={slug}>
            <a href={`/${noun}s/${slug}`}>{name}</a>
            {commercialUse && <Use value={commercialUse} />}
            <span class="unit">{t("noun.models", { count: whole(models.totalCount) })}</span>
          </li>
        ))}
      </ul>
      <p class="buttons">
        {after && (
          <a class="button" href={address(search)}>
            {t("noun.first")}
          </a>
        )}
        {list?.pageInfo.hasNextPage && (
          <a class="button" rel="next" href={address(search, list.pageInfo.endCursor)}>
            {t("noun.next")}
          </a>
        )}
      </p>
    </div>
  );
}
