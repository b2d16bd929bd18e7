import { useState } from "preact/hooks";
import { ApiError, request } from "../api/client";
import { forgetAll } from "../api/use-query";
import { t } from "../text";
import { revertRevision } from "./documents";

/** Takes a revision back. Where later ones are in the way it says so, and asks again. */
export function Undo({ number }: { number: number }) {
  const [error, setError] = useState<Error>();
  const conflict = error instanceof ApiError && error.code === "CONFLICT";
  const undo = async (force: boolean) => {
    setError(undefined);
    try {
      await request(revertRevision, { input: { number, force } });
      forgetAll();
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
