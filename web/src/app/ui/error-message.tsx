import { ApiError } from "../api/client";
import { t } from "../i18n";

/** An error with a button to retry. Errors of a request have the message of the API. */
export function ErrorMessage({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>{messageOf(error)}</p>
      {retry && (
        <button type="button" onClick={retry}>
          {t("problem.retry")}
        </button>
      )}
    </div>
  );
}

function messageOf(error: Error): string {
  if (error instanceof TypeError) return t("problem.unreachable");
  if (!(error instanceof ApiError)) return error.message;
  if (error.code === "RATE_LIMITED") return t("problem.busy", { seconds: error.seconds ?? 60 });
  return ["SERVICE_UNAVAILABLE", "TIMEOUT", "INTERNAL"].includes(error.code ?? "")
    ? t("problem.failed")
    : error.message;
}
