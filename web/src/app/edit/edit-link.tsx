import { canEdit } from "../api/session";
import { t } from "../i18n";

/** The way to the form of a subject: editors change it there, others suggest a correction. */
export function EditLink({ address }: { address: string }) {
  const editor = canEdit();
  return (
    <a class={editor ? "button primary" : "button"} href={address}>
      {t(editor ? "edit.edit" : "propose.link")}
    </a>
  );
}
