import { t } from "../i18n";
import type { FieldsType } from "../fields";
import { formFields } from "./form-fields";
import { merge, same, type Values, valueText } from "./values";

type Props = { type: FieldsType; before: Values; theirs: Values; mine: Values; resolve: (values: Values) => void };

/** Both versions of a subject that two people changed. The editor continues from the other version, or from a merge. */
export function Conflict({ type, before, theirs, mine, resolve }: Props) {
  const fields = formFields(type).filter(
    ({ name }) => !same(theirs[name], before[name]) || !same(mine[name], before[name]),
  );
  return (
    <section class="problem conflict" role="alert">
      <h2>{t("conflict.title")}</h2>
      <p>{t("conflict.text")}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("conflict.title")}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{t("history.field")}</th>
              <th scope="col">{t("conflict.before")}</th>
              <th scope="col">{t("conflict.theirs")}</th>
              <th scope="col">{t("conflict.mine")}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, label }) => (
              <tr key={name}>
                <th scope="row">{t(label)}</th>
                <td>{valueText(before[name])}</td>
                <td>{same(theirs[name], before[name]) ? t("conflict.same") : <ins>{valueText(theirs[name])}</ins>}</td>
                <td>{same(mine[name], before[name]) ? t("conflict.same") : <ins>{valueText(mine[name])}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => resolve(merge(type, before, theirs, mine))}>
          {t("conflict.keepMine")}
        </button>
        <button type="button" onClick={() => resolve(theirs)}>
          {t("conflict.takeTheirs")}
        </button>
      </p>
    </section>
  );
}
