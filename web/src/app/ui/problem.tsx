import { t } from "../text";

/** What went wrong, in the API's words. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  const unreachable = error instanceof TypeError;
  return (
    <div class="problem" role="alert">
      <p>{unreachable ? t("problem.unreachable") : error.message}</p>
      {retry && <button type="button" onClick={retry}>{t("problem.retry")}</button>}
    </div>
  );
}
