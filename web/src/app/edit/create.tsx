import { canEdit, canPropose } from "../api/session";
import { t } from "../i18n";
import { navigate } from "../router";
import { ALL_SUBJECTS, listAddress } from "../subjects";
import { NotFound } from "../ui/not-found";
import { SignInRequired } from "./sign-in-required";
import { SubjectForm } from "./subject-form";

/** The form of a new subject, at an address such as `/new/model`. Those who may not edit propose one with it. */
export function Create({ slug: name }: { slug: string }) {
  const subject = ALL_SUBJECTS.find(({ field }) => field === name);
  if (!subject) return <NotFound />;
  const title = t(subject.newTitle);
  if (!canEdit() && !canPropose()) return <SignInRequired title={title} />;
  return <SubjectForm type={subject.type} title={title} close={() => void navigate(listAddress(subject.type))} />;
}
