import { useState } from "preact/hooks";
import { errorTexts } from "../api/error-text";
import { t } from "../i18n";
import { Dialog } from "../ui/dialog";
import { Problems } from "../ui/error-message";

type Props = {
  title: string;
  /** The effect of the decision. */
  text?: string;
  /** The label of the input for the reason. */
  label: string;
  /** The name of the decision. */
  action: string;
  /** Sends the decision with its reason. */
  send: (reason: string) => Promise<void>;
  close: () => void;
};

/** Asks for the reason of a decision, which is required, and sends the decision. It stays open with the error if that fails. */
export function ReasonDialog({ title, text, label, action, send, close }: Props) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await send(reason.trim());
      close();
    } catch (error) {
      setError(error as Error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} close={close}>
      <form class="edit small" onSubmit={(event) => (event.preventDefault(), void submit())}>
        {text && <p>{text}</p>}
        {error && <Problems texts={errorTexts(error)} />}
        <label class="sub wide">
          <span>{label}</span>
          <input
            type="text"
            required
            autoFocus
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <p class="buttons">
          <button type="submit" class="primary" disabled={busy || reason.trim() === ""}>
            {action}
          </button>
          <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
            {t("edit.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
