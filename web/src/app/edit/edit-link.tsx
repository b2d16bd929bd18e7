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

/** The way to the form of a new subject: editors create it there, others suggest it. */
export function NewLink({ address }: { address: string }) {
  return (
    <a class="button" href={address}>
      {t(canEdit() ? "edit.newEntry" : "propose.new")}
    </a>
  );
}
