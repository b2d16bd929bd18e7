import { word } from "../text";

const SIGNS: Record<string, string> = { ALLOWED: "✓", AUTHORIZATION_REQUIRED: "!", PROHIBITED: "✕", UNKNOWN: "?" };

/** Whether something may be used commercially: by word and sign, so that it reads without its colour. */
export function Use({ value }: { value: string }) {
  return (
    <span class={`use ${value.toLowerCase()}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[value]}
      </span>
      {word("use", value)}
    </span>
  );
}
