import { ApiError } from "../api/client";
import { t } from "../text";

/** What went wrong, in the API's words where it is about what was asked. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
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
