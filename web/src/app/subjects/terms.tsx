import { formatAmount, formatDate } from "../format";
import { enumText, findText, t } from "../i18n";

type Condition = {
  commercial: boolean | null;
  monthlyUsersOver: number | string | null;
  dailyUsersOver: number | string | null;
  revenueUsdOver: number | string | null;
  revenuePeriod: string | null;
  countedOn: string | null;
  territories: string[];
  territoryBasis: string | null;
  hosting: boolean | null;
  trainsOnOutputs: boolean | null;
  modality: string | null;
};
export type Term = { effect: string; quote: string | null; note: string | null; when: Condition };

/** The terms of a license, each with its circumstances in words and the words of the license. */
export function TermList({ terms, reviewed }: { terms: readonly Term[]; reviewed: string | null }) {
  return (
    <>
      <ul class="terms">
        {terms.map((term, i) => (
          <li key={i}>
            <strong>{enumText("TermEffect", term.effect)}</strong>: {circumstances(term.when)}
            {term.quote && <q>{term.quote}</q>}
            {term.note && <span class="unit">{term.note}</span>}
          </li>
        ))}
      </ul>
      <p class="unit">
        {reviewed ? t("terms.reviewed", { date: formatDate(reviewed) }) : t("terms.notReviewed")} {t("terms.notice")}
      </p>
    </>
  );
}

/** The circumstances in which a term applies, in words. */
function circumstances(when: Condition): string {
  const words: string[] = [];
  const flag = (name: "commercial" | "hosting" | "trainsOnOutputs") => {
    const value = when[name];
    if (value !== null) words.push(findText(`terms.${name}.${value}`) ?? name);
  };
  flag("commercial");
  if (when.monthlyUsersOver !== null) {
    words.push(t("terms.monthlyUsers", { count: formatAmount(when.monthlyUsersOver) }));
  }
  if (when.dailyUsersOver !== null) words.push(t("terms.dailyUsers", { count: formatAmount(when.dailyUsersOver) }));
  if (when.revenueUsdOver !== null) {
    const key = when.revenuePeriod === "MONTH" ? "terms.revenue.MONTH" : "terms.revenue.YEAR";
    words.push(t(key, { count: formatAmount(when.revenueUsdOver) }));
  }
  if (when.countedOn !== null) words.push(t("terms.countedOn", { date: formatDate(when.countedOn) }));
  if (when.territories.length > 0) {
    const places = when.territories.join(t("list.comma"));
    const basis = when.territoryBasis;
    const key =
      basis === "DOMICILE"
        ? "terms.territories.DOMICILE"
        : basis === "USE"
          ? "terms.territories.USE"
          : "terms.territories";
    words.push(t(key, { places }));
  }
  flag("hosting");
  flag("trainsOnOutputs");
  if (when.modality !== null) words.push(t("terms.modality", { modality: enumText("Modality", when.modality) }));
  return words.join(t("list.comma")) || t("terms.always");
}
