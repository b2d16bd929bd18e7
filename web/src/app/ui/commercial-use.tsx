import { enumText } from "../i18n";

const ICONS: Record<string, string> = { ALLOWED: "✓", AUTHORIZATION_REQUIRED: "!", PROHIBITED: "✕", UNKNOWN: "?" };

/** Whether commercial use is allowed, by text and icon as well as color. `badge`: the text names commercial use, for places without a label. */
export function CommercialUse({ value, badge = false }: { value: string; badge?: boolean }) {
  return (
    <span class={`use ${value.toLowerCase()}`}>
      <span class="sign" aria-hidden="true">
        {ICONS[value]}
      </span>
      {enumText(badge ? "CommercialUse.badge" : "CommercialUse", value)}
    </span>
  );
}
