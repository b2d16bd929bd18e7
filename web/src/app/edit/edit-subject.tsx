import { useEffect, useState } from "preact/hooks";
import { canEdit } from "../api/session";
import { t } from "../i18n";
import { type SubjectType, subjectOf } from "../subjects";
import { ErrorMessage } from "../ui/error-message";
import { SubjectForm } from "./subject-form";
import { readSubject, type SubjectData } from "./documents";

/** The form of a subject in place of its page, which starts from its current state. */
export function EditSubject({ type, slug, close }: { type: SubjectType; slug: string; close: () => void }) {
  const [subject, setSubject] = useState<SubjectData>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    readSubject(type, slug).then(setSubject, setError);
  }, [type, slug]);
  if (error)
    return (
      <div class="page">
        <ErrorMessage error={error} />
      </div>
    );
  if (!subject)
    return (
      <p class="loading" role="status">
        {t("loading")}
      </p>
    );
  const name = String(subject[subjectOf(type).nameField]);
  const title = t(canEdit() ? "edit.title" : "propose.title", { name });
  return <SubjectForm type={type} title={title} subject={subject} close={close} />;
}
