import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { canEdit } from "../api/session";
import type { SubjectType } from "../fields";
import { t } from "../i18n";
import { subjectAddress } from "../subjects";
import { lazy } from "../ui/lazy";
import { findField } from "./form-fields";

const FieldForm = lazy(() => import("./field-form").then(({ FieldForm }) => FieldForm));

type Props = {
  type: SubjectType;
  slug: string;
  /** The name of the field in the inputs of the API. */
  field: string;
  /** The element with the value, which is hidden while the form is open. */
  host: HTMLElement;
};

/** A mark after a value: for editors a button that replaces the value by a form, for others a link to the form of corrections. */
export function FieldMark({ type, slug, field: name, host }: Props) {
  const field = findField(type, name);
  if (!field) return null;
  if (canEdit()) return <InlineEdit type={type} slug={slug} field={name} host={host} />;
  return <CorrectionLink address={`${subjectAddress(type, slug)}/edit#${name}`} name={t(field.label)} />;
}

/** A link to the place in the form of corrections where something is changed. */
export function CorrectionLink({ address, name }: { address: string; name: string }) {
  const title = t("propose.field", { name });
  return (
    <a class="pencil" href={address} title={title} aria-label={title}>
      <Pencil />
    </a>
  );
}

function Pencil() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d="M11.2 1.8l3 3L5.4 13.6 1.6 14.4l.8-3.8zM9.6 3.4l3 3"
        fill="none"
        stroke="currentColor"
        stroke-width="1.3"
        stroke-linejoin="round"
      />
    </svg>
  );
}

function InlineEdit({ type, slug, field: name, host }: Props) {
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => void host.toggleAttribute("data-open", editing), [editing]);
  const field = findField(type, name);
  if (!field) return null;
  const title = t("edit.change", { name: t(field.label) });
  const close = (changed: boolean) => {
    setEditing(false);
    setSaved(changed);
    // The button is rendered again by the next frame.
    requestAnimationFrame(() => pencil.current?.focus({ preventScroll: true }));
  };
  return (
    <>
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
          <Pencil />
        </button>
      )}
      <span class="hidden" role="status">
        {saved && t("edit.saved")}
      </span>
    </>
  );
}
