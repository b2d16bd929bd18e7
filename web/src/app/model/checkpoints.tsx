import { formatDate, safeLink } from "../format";
import { t } from "../i18n";
import type { ModelPageData } from "./document";

/** The checkpoints of a model. */
export function Checkpoints({ of: { nodes, totalCount } }: { of: ModelPageData["checkpoints"] }) {
  if (nodes.length === 0) return null;
  return (
    <section>
      <h2>{t("checkpoint.title")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("checkpoint.title")}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{t("checkpoint.address")}</th>
              <th scope="col">{t("fact.ModelSize.label")}</th>
              <th scope="col">{t("checkpoint.variant")}</th>
              <th scope="col">{t("fact.Model.releaseDate")}</th>
              <th scope="col">{t("fact.Model.license")}</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(({ id, repository, url, size, variant, releaseDate, license }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={url ? safeLink(url) : undefined} rel="noreferrer" target="_blank">
                    {repository}
                  </a>
                </th>
                <td>{size ? <span class="chip">{size.label}</span> : "–"}</td>
                <td>{variant ?? "–"}</td>
                <td>{releaseDate ? formatDate(releaseDate) : "–"}</td>
                <td>{license ? <a href={`/licenses/${license.slug}`}>{license.name}</a> : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {totalCount > nodes.length && <p class="unit">+{totalCount - nodes.length}</p>}
    </section>
  );
}
