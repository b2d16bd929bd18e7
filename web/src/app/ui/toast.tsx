import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { errorTexts } from "../api/error-text";
import { t } from "../i18n";

type Message = { id: number; text: string; failed?: boolean; undo?: () => Promise<void> };

/** How long a message stays, in milliseconds. One with a button stays longer; the pointer or the focus on it keeps it. */
const STAY = 6_000;
const STAY_WITH_UNDO = 12_000;
const MAX_MESSAGES = 3;

let messages: Message[] = [];
let last = 0;

/** Says in a corner of the page what was done. `undo` takes it back. The message outlives the page that it comes from. */
export function showToast(text: string, undo?: () => Promise<void>): void {
  add({ text, undo });
}

function add(message: Omit<Message, "id">): void {
  show([...messages, { ...message, id: ++last }].slice(-MAX_MESSAGES));
}

function show(kept: Message[]): void {
  messages = kept;
  // The region has to be there before its first message, so that screen readers speak it.
  render(<Toasts messages={messages} />, place());
}

let region: HTMLElement | undefined;

function place(): HTMLElement {
  if (!region) {
    region = document.body.appendChild(document.createElement("div"));
    region.className = "toasts";
    region.setAttribute("role", "status");
  }
  return region;
}

function remove(id: number): void {
  show(messages.filter((message) => message.id !== id));
}

function Toasts({ messages }: { messages: Message[] }) {
  return (
    <>
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </>
  );
}

function Toast({ message: { id, text, failed, undo } }: { message: Message }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => remove(id), undo ? STAY_WITH_UNDO : STAY);
    return () => clearTimeout(timer);
  }, [held]);
  const takeBack = async () => {
    remove(id);
    await undo?.().then(
      () => add({ text: t("toast.undone") }),
      (error: Error) => add({ text: errorTexts(error).join(" "), failed: true }),
    );
  };
  const hold = { onMouseEnter: () => setHeld(true), onFocusIn: () => setHeld(true) };
  const release = { onMouseLeave: () => setHeld(false), onFocusOut: () => setHeld(false) };
  return (
    <div class={failed ? "toast failed" : "toast"} {...hold} {...release}>
      <span>{text}</span>
      {undo && (
        <button type="button" onClick={() => void takeBack()}>
          {t("undo.undo")}
        </button>
      )}
      <button type="button" class="text" aria-label={t("dialog.close")} onClick={() => remove(id)}>
        ✕
      </button>
    </div>
  );
}
