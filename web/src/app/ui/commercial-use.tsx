import { enumText, t } from "../i18n";

const ICONS: Record<string, string> = {
  ALLOWED: "✓",
  CONDITIONAL: "§",
  AUTHORIZATION_REQUIRED: "!",
  PROHIBITED: "✕",
  VARIES: "≠",
  UNKNOWN: "?",
};

type Size = { label: string; commercialUse: string };
type Props = { value: string; badge?: boolean; sizes?: readonly Size[] };

/**
 * Whether commercial use is allowed, by text and icon as well as color. `badge`: the text names commercial use, for places
 * without a label. `sizes`: the sizes of a model, which are named where they differ.
 */
export function CommercialUse({ value, badge = false, sizes = [] }: Props) {
  const kind = badge ? "CommercialUse.badge" : "CommercialUse";
  return (
    <span class={`use ${value.toLowerCase()}`}>
      <span class="sign" aria-hidden="true">
        {ICONS[value]}
      </span>
      {value === "VARIES" && sizes.length > 0 ? usesOfSizes(sizes) : enumText(kind, value)}
    </span>
  );
}

/** "Allowed: 7B, 40B · with conditions: 180B". */
function usesOfSizes(sizes: readonly Size[]): string {
  const uses = [...new Set(sizes.map(({ commercialUse }) => commercialUse))];
  const labels = (use: string) => sizes.filter(({ commercialUse }) => commercialUse === use).map(({ label }) => label);
  const parts = uses.map((use, i) => {
    const text = enumText("CommercialUse", use);
    const start = i > 0 ? text.charAt(0).toLowerCase() + text.slice(1) : text;
    return start + t("list.colon") + labels(use).join(t("list.comma"));
  });
  return parts.join(" · ");
}
