import { t } from "../text";
import { FIELDS, type Noun, type Values } from "./nouns";
import { plain, same } from "./values";

type Props = { noun: Noun; before: Values; theirs: Values; mine: Values; resolve: (values: Values) => void };

/** Somebody was faster: both versions side by side, to go on from either, or from both where they touch different fields. */
export function Conflict({ noun, before, theirs, mine, resolve }: Props) {
  const fields = FIELDS[noun].filter(
    ({ name }) => !same(theirs[name], before[name]) || !same(mine[name], before[name]),
  );
  const both = Object.fromEntries(
    FIELDS[noun].map(({ name }) => [name, same(mine[name], before[name]) ? theirs[name] : mine[name]]),
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
                <td>{plain(before[name])}</td>
                <td>{same(theirs[name], before[name]) ? t("conflict.same") : <ins>{plain(theirs[name])}</ins>}</td>
                <td>{same(mine[name], before[name]) ? t("conflict.same") : <ins>{plain(mine[name])}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => resolve(both)}>
          {t("conflict.keepMine")}
        </button>
        <button type="button" onClick={() => resolve(theirs)}>
          {t("conflict.takeTheirs")}
        </button>
      </p>
    </section>
  );
}
