import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { canEdit } from "../api/session";
import type { SubjectType } from "../fields";
import { t } from "../i18n";
import { lazy } from "../ui/lazy";
import { findField } from "./form-fields";

const FieldForm = lazy(() => import("./field-form").then(({ FieldForm }) => FieldForm));

type Props = {
  type: SubjectType;
  slug: string;
  /** The name of the field in the inputs of the API. */
  field: string;
  /** Whether the children stay visible next to the form, as a heading does. */
  keepVisible?: boolean;
  children: ComponentChildren;
};

/** A value with a button for editors that replaces it by a form. */
export function InlineEdit({ type, slug, field: name, keepVisible = false, children }: Props) {
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const field = findField(type, name);
  if (!field || !canEdit()) return <>{children}</>;
  const title = t("edit.change", { name: t(field.label) });
  const close = (changed: boolean) => {
    setEditing(false);
    setSaved(changed);
    // The button is rendered again by the next frame.
    requestAnimationFrame(() => pencil.current?.focus({ preventScroll: true }));
  };
  return (
    <div class="editable">
      {(!editing || keepVisible) && children}
      {editing ? (
        <FieldForm type={type} slug={slug} field={name} close={close} />
      ) : (
        <button
          type="button"
          class="pencil"
          ref={pencil}
          title={title}
          aria-label={title}
          onClick={() => setEditing(true)}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path
              d="M11.2 1.8l3 3L5.4 13.6 1.6 14.4l.8-3.8zM9.6 3.4l3 3"
              fill="none"
              stroke="currentColor"
              stroke-width="1.3"
              stroke-linejoin="round"
            />
          </svg>
        </button>
      )}
      <span class="hidden" role="status">
        {saved && t("edit.saved")}
      </span>
    </div>
  );
}
