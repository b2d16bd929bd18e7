import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { queryCache } from "../api/query-cache";
import { t } from "../i18n";
import type { SubjectType } from "../subjects";
import { ErrorMessage } from "../ui/error-message";
import { Conflict } from "./conflict";
import { readSubject, updateSubject } from "./documents";
import { fieldErrors } from "./field-errors";
import { findField } from "./form-fields";
import { FieldInput, ReasonInput } from "./inputs";
import { same, updateInput, type Values, valuesOf } from "./values";

type Snapshot = { values: Values; version: number };
type Props = { type: SubjectType; slug: string; field: string; close: (changed: boolean) => void };

/** A form for one field, which starts from its current value. Enter saves, Escape cancels. */
export function FieldForm({ type, slug, field: name, close }: Props) {
  const [before, setBefore] = useState<Snapshot>();
  const [value, setValue] = useState<unknown>();
  const [theirs, setTheirs] = useState<Snapshot>();
  const [error, setError] = useState<Error>();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const field = findField(type, name);

  const read = async (): Promise<Snapshot> => {
    const subject = await readSubject(type, slug);
    return { values: valuesOf(type, subject), version: subject.version };
  };
  useEffect(() => {
    read().then((current) => {
      setBefore(current);
      setValue(current.values[name]);
    }, setError);
  }, []);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, [before]);
  if (!field) return null;
  if (!before) {
    return error ? (
      <ErrorMessage error={error} />
    ) : (
      <span class="unit" role="status">
        {t("loading")}
      </span>
    );
  }

  const save = async (from: Snapshot) => {
    if (same(value, from.values[name])) return close(false);
    setBusy(true);
    setError(undefined);
    try {
      const after = { ...from.values, [name]: value };
      const input = updateInput(type, from.values, after, { slug, expectedVersion: from.version });
      await updateSubject(type, input, reason);
      queryCache.clear();
      close(true);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "CONFLICT")) return setError(error as Error);
      const current = await read().catch(setError);
      if (!current) return;
      // A change of another field is no conflict with this one.
      if (same(current.values[name], from.values[name])) return await save(current);
      setTheirs(current);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Input methods use these keys while they compose.
    if (event.isComposing || event.defaultPrevented) return;
    const { target } = event;
    const ignoresEnter = target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
    if (event.key === "Escape") {
      event.stopPropagation();
      close(false);
    } else if (event.key === "Enter" && !event.shiftKey && ignoresEnter) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  const problem =
    fieldErrors(error)
      .map(({ message }) => message)
      .join(" ") || undefined;
  if (theirs) {
    return (
      <div class="in-place">
        <Conflict
          type={type}
          before={{ ...theirs.values, [name]: before.values[name] }}
          theirs={theirs.values}
          mine={{ ...theirs.values, [name]: value }}
          resolve={(resolved) => {
            setBefore(theirs);
            setValue(resolved[name]);
            setTheirs(undefined);
          }}
        />
      </div>
    );
  }
  return (
    <form
      ref={form}
      class="in-place"
      onSubmit={(event) => (event.preventDefault(), void save(before))}
      onKeyDown={onKeyDown}
    >
      <FieldInput field={field} value={value} change={setValue} problem={problem} />
      {(error || reason) && <ReasonInput reason={reason} change={setReason} />}
      {error && !problem && <ErrorMessage error={error} />}
      <p class="buttons">
        <button type="submit" class="primary" disabled={busy}>
          {t("edit.save")}
        </button>
        <button type="button" onClick={() => close(false)}>
          {t("edit.cancel")}
        </button>
      </p>
    </form>
  );
}
