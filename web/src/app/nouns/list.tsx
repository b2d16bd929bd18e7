import { useState } from "preact/hooks";
import type { Document } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { whole } from "../format";
import { apiLanguage, type Key, t } from "../text";
import { Problem } from "../ui/problem";
import { Use } from "../ui/use";
import { architecturesDocument, datasetsDocument, licensesDocument, type Noun, organizationsDocument } from "./documents";

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
  const [search, setSearch] = useState("");
  const [after, setAfter] = useState<string>();
  const variables = { search, ...(after && { after }), ...(noun === "organization" && { language: apiLanguage() }) };
  const { data, error } = useQuery(DOCUMENTS[noun], variables, { sticky: true });
  const list = data?.list;
  return (
    <div class="page">
      <h1 tabIndex={-1}>{t(`nav.${noun}s` as Key)}{list && <span class="badge">{whole(list.totalCount)}</span>}</h1>
      <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
        <input type="search" value={search} aria-label={t("filters.find")} placeholder={t("filters.find")} maxLength={200}
          onInput={(event) => (setAfter(undefined), setSearch(event.currentTarget.value))} />
      </form>
      {error && <Problem error={error} />}
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
        {after && <button type="button" onClick={() => setAfter(undefined)}>{t("noun.first")}</button>}
        {list?.pageInfo.hasNextPage && <button type="button" onClick={() => (setAfter(list.pageInfo.endCursor ?? undefined), scrollTo(0, 0))}>{t("noun.next")}</button>}
      </p>
    </div>
  );
}
