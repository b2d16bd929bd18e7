import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, request } from "../api/client";
import { forgetAll } from "../api/use-query";
import { t } from "../text";
import { Problem } from "../ui/problem";
import { Conflict } from "./conflict";
import { Input } from "./inputs";
import { DOCUMENTS, FIELDS, type Noun, type Values } from "./nouns";
import { problemsOf } from "./problems";
import { inputOf, same, valuesOf } from "./values";

type Read = { values: Values; version: number };
type Props = { noun: Noun; slug: string; field: string; close: (changed: boolean) => void };

/** One fact as a form, from what it is at this moment: Enter saves, Escape leaves. */
export function FactForm({ noun, slug, field: name, close }: Props) {
  const [before, setBefore] = useState<Read>();
  const [value, setValue] = useState<unknown>();
  const [theirs, setTheirs] = useState<Read>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const field = FIELDS[noun].find((field) => field.name === name);

  const read = async (): Promise<Read | undefined> => {
    const { subject } = await request(DOCUMENTS[noun].read, { slug });
    return subject ? { values: valuesOf(noun, subject), version: subject.version } : undefined;
  };
  useEffect(() => {
    read().then((now) => {
      if (!now) return close(false);
      setBefore(now);
      setValue(now.values[name]);
    }, setError);
  }, []);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, [before]);
  if (!field) return null;
  if (!before)
    return error ? (
      <Problem error={error} />
    ) : (
      <span class="unit" role="status">
        {t("loading")}
      </span>
    );

  const save = async (from: Read) => {
    if (same(value, from.values[name])) return close(false);
    setBusy(true);
    setError(undefined);
    try {
      const input = inputOf(noun, from.values, { ...from.values, [name]: value }, false);
      await request(DOCUMENTS[noun].update, { input: { slug, expectedVersion: from.version, ...input } });
      forgetAll();
      close(true);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "CONFLICT")) return setError(error as Error);
      const now = await read().catch(setError);
      if (!now) return;
      // Somebody changed another fact: that is no conflict about this one.
      if (same(now.values[name], from.values[name])) return await save(now);
      setTheirs(now);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method takes these keys for itself.
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close(false);
    } else if (
      event.key === "Enter" &&
      !event.shiftKey &&
      (event.target instanceof HTMLSelectElement || event.target instanceof HTMLTextAreaElement)
    ) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  const problems = problemsOf(error);
  const problem = problems.map(({ message }) => message).join(" ") || undefined;
  if (theirs) {
    return (
      <div class="in-place">
        <Conflict
          noun={noun}
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
      <Input field={field} value={value} change={setValue} problem={problem} />
      {error && !problem && <Problem error={error} />}
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
