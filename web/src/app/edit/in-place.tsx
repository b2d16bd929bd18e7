import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { mayEdit } from "../api/session";
import { type Key, t } from "../text";
import { lazy } from "../ui/lazy";
import type { Noun } from "./nouns";

const FactForm = lazy(() => import("./fact-form").then(({ FactForm }) => FactForm));

type Props = {
  noun: Noun;
  slug: string;
  /** The field of the inputs, and what people call it. */
  field: string;
  name: Key;
  /** Whether what is shown stays while it is edited: a heading does. */
  stay?: boolean;
  children: ComponentChildren;
};

/** A fact that an editor can change where it stands. */
export function InPlace({ noun, slug, field, name, stay = false, children }: Props) {
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  if (!mayEdit()) return <>{children}</>;
  const close = (changed: boolean) => {
    setEditing(false);
    setSaved(changed);
    // The button is there again with the next frame.
    requestAnimationFrame(() => pencil.current?.focus({ preventScroll: true }));
  };
  return (
    <div class="editable">
      {(!editing || stay) && children}
      {editing ? (
        <FactForm noun={noun} slug={slug} field={field} close={close} />
      ) : (
        <button
          type="button"
          class="pencil"
          ref={pencil}
          title={t("edit.change", { name: t(name) })}
          aria-label={t("edit.change", { name: t(name) })}
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
