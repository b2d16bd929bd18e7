import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { useUniqueId } from "./unique-id";

/** A modal dialog. The browser keeps the focus inside it. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useUniqueId();
  useEffect(() => {
    ref.current?.showModal();
    // The browser would focus the button that closes it.
    ref.current?.querySelector<HTMLElement>("form :is(input:not([type=hidden]), select, textarea)")?.focus();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={close}>
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="tool" aria-label={t("dialog.close")} onClick={() => ref.current?.close()}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
