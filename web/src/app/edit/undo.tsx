import { useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { errorTexts } from "../api/error-text";
import { t } from "../i18n";
import { navigate } from "../router";
import { listAddress, type SubjectType } from "../subjects";
import { ask } from "../ui/ask";
import { revertRevision } from "./documents";
import { announce } from "./saved";

type Props = {
  number: number;
  /** Whether the revision created its subject, so that undoing it deletes the subject. */
  creation: boolean;
  /** The type of its subject, if it is known. */
  type?: SubjectType;
  /** The name of its subject, if it is known. */
  name?: string;
};

/**
 * Undoes a revision. To undo a creation deletes the subject, so that is asked before. If later revisions changed the same fields,
 * it shows the error and offers to undo it nevertheless.
 */
export function Undo({ number, creation, type, name: known }: Props) {
  const name = known || `#${number}`;
  const [error, setError] = useState<Error>();
  const conflict = error instanceof ApiError && error.code === "CONFLICT";
  const undo = async (force: boolean) => {
    setError(undefined);
    const question = { title: t("undo.deleteTitle", { name }), text: t("undo.deleteText", { number, name }) };
    if (creation && !(await ask({ ...question, action: t("edit.deleteNamed", { name }), danger: true }))) return;
    try {
      await revertRevision(number, force);
      announce(t(creation ? "toast.deleted" : "toast.reverted", { name, number }));
      if (creation && type && location.pathname !== "/changes") void navigate(listAddress(type));
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
          {conflict ? t("undo.conflict") : errorTexts(error).join(" ")}
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
