import type { Document } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { formatInteger } from "../format";
import { languageVariable, t } from "../i18n";
import { currentUrl, navigate } from "../router";
import { type OtherSubject, subjectAddress, subjectOf } from "../subjects";
import { CommercialUse } from "../ui/commercial-use";
import { ErrorMessage } from "../ui/error-message";
import { SUBJECT_DOCUMENTS } from "./documents.gen";

type Page = {
  list: {
    totalCount: number;
    nodes: { slug: string; name: string; commercialUse?: string; models?: { totalCount: number } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
};
type Variables = { search?: string | null; after?: string | null; language?: "EN" | "ZH" | null };

/** All subjects of a type, one page at a time. */
export function SubjectList({ type }: { type: OtherSubject["type"] }) {
  const { path, title } = subjectOf(type);
  const document: Document<Page, Variables> = SUBJECT_DOCUMENTS[type].list;
  const parameters = currentUrl().searchParams;
  const search = (parameters.get("q") ?? "").trim().slice(0, 200);
  const after = parameters.get("after");
  const address = (q: string, after?: string | null) => {
    const parameters = new URLSearchParams({ ...(q && { q }), ...(after && { after }) });
    return `/${path}${parameters.size ? `?${parameters}` : ""}`;
  };
  const variables = { search, ...(after && { after }), ...languageVariable(document) };
  const { data, error } = useQuery(document, variables, { sticky: true });
  const list = data?.list;
  return (
    <div class="page">
      <h1 tabIndex={-1}>
        {t(title)}
        {list && <span class="badge">{formatInteger(list.totalCount)}</span>}
      </h1>
      <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          name="q"
          defaultValue={search}
          aria-label={t("filters.find")}
          placeholder={t("filters.find")}
          maxLength={200}
          onInput={(event) => navigate(address(event.currentTarget.value.trim()), { replace: true, keepScroll: true })}
        />
      </form>
      {error && <ErrorMessage error={error} />}
      {list?.nodes.length === 0 && <p class="empty">{t("subject.none")}</p>}
      <ul class="subjects">
        {list?.nodes.map(({ slug, name, commercialUse, models }) => (
          <li key={slug}>
            <a href={subjectAddress(type, slug)}>{name}</a>
            {commercialUse && <CommercialUse value={commercialUse} badge />}
            {models && <span class="unit">{t("subject.models", { count: formatInteger(models.totalCount) })}</span>}
          </li>
        ))}
      </ul>
      <p class="buttons">
        {after && (
          <a class="button" href={address(search)}>
            {t("subject.first")}
          </a>
        )}
        {list?.pageInfo.hasNextPage && (
          <a class="button" rel="next" href={address(search, list.pageInfo.endCursor)}>
            {t("subject.next")}
          </a>
        )}
      </p>
    </div>
  );
}
