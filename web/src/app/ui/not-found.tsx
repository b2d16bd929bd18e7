import { t } from "../text";

export function NotFound() {
  return (
    <div class="page">
      <h1 tabIndex={-1}>{t("notFound.title")}</h1>
      <p>{t("notFound.text")}</p>
      <p><a href="/">{t("notFound.back")}</a></p>
    </div>
  );
}
