import { useState } from "preact/hooks";
import { ApiError, request } from "../api/client";
import { queryCache } from "../api/query-cache";
import { t } from "../i18n";
import { revertRevision } from "./documents";

/** Reverts a revision. If later revisions changed the same fields, it shows the error and offers to force it. */
export function Undo({ number }: { number: number }) {
  const [error, setError] = useState<Error>();
  const conflict = error instanceof ApiError && error.code === "CONFLICT";
  const undo = async (force: boolean) => {
    setError(undefined);
    try {
      await request(revertRevision, { input: { number, force } });
      queryCache.clear();
    } catch (error) {
      setError(error as Error);
    }
  };
  return (
    <span class="undo">
      <button type="button" class="text" aria-label={t("undo.number", { number })} onClick={() => void undo(false)}>
        {t("undo.undo")}
      </button>
      {error && (
        <span class="error" role="alert">
          {error.message}
        </span>
      )}
      {conflict && (
        <button type="button" class="danger" onClick={() => void undo(true)}>
          {t("undo.force")}
        </button>
      )}
    </span>
  );
}
