import { canEdit, canPropose } from "../api/session";
import { t } from "../i18n";
import { navigate } from "../router";
import { subjectAddress, type SubjectType } from "../subjects";
import { EditSubject } from "./edit-subject";
import { SignInRequired } from "./sign-in-required";

/** The form of a subject, at an address such as `/models/llama-2/edit`. Those who may not edit propose a change with it. */
export function EditPage({ type, slug }: { type: SubjectType; slug: string }) {
  if (!canEdit() && !canPropose()) return <SignInRequired title={t("edit.edit")} />;
  return <EditSubject type={type} slug={slug} close={() => void navigate(subjectAddress(type, slug))} />;
}
