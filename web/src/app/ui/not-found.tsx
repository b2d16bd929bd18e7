import { t } from "../i18n";

export function NotFound() {
  return (
    <div class="page">
      <h1 tabIndex={-1}>{t("notFound.title")}</h1>
      <p>{t("notFound.text")}</p>
      <form class="search" role="search" action="/">
        <input
          type="search"
          name="q"
          maxLength={200}
          placeholder={t("catalog.searchFor")}
          aria-label={t("catalog.search")}
          autoComplete="off"
        />
      </form>
      <p>
        <a href="/">{t("notFound.back")}</a>
      </p>
    </div>
  );
}
