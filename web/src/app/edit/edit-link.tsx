import { t } from "../i18n";

/** The way of editors to the form of a subject. */
export function EditLink({ address }: { address: string }) {
  return (
    <a class="button primary" href={address}>
      {t("edit.edit")}
    </a>
  );
}
