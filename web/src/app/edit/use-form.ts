import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { errorTexts } from "../api/error-text";
import type { FieldsType } from "../fields";
import { t } from "../i18n";
import { guardLeaving } from "../router";
import { ask } from "../ui/ask";
import { checkValues, type Problem } from "./checks";
import { type Draft, keepDraft, readDraft } from "./drafts";
import { fieldErrors } from "./field-errors";
import { same, type Values, withoutEmptyRows } from "./values";

export type Snapshot = { values: Values; version?: number };
type Options<Result> = {
  type: FieldsType;
  /** The key of the draft of the form; without one, none is kept. */
  draft?: string;
  /** The name of the subject, for the question before leaving. */
  name: string;
  start: Snapshot;
  /** Writes the values. Rejects with CONFLICT if the subject has another version than `before`. */
  write: (before: Snapshot, values: Values, reason: string) => Promise<Result>;
  /** Reads the subject again after a conflict. */
  read?: () => Promise<Snapshot>;
  /** Called after a save, with the values before it. */
  done: (result: Result, before: Values) => void;
};

/** The answers to the question before leaving, by the address that it was asked for: one is for all forms of the page. */
const answers = new WeakMap<URL, Promise<boolean>>();

/** The state of a form: its values, drafts, problems, conflicts, and the guard of what was entered. */
export function useForm<Result>({ type, draft: key, name, start, write, read, done }: Options<Result>) {
  const [before, setBefore] = useState(start);
  const [values, setValues] = useState(start.values);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<Error>();
  const [sent, setSent] = useState<{ before: Values; values: Values }>();
  const [tried, setTried] = useState(0);
  const [theirs, setTheirs] = useState<Snapshot>();
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState<Draft | undefined>(() => offeredDraft(key, start));
  const form = useRef<HTMLFormElement>(null);
  const changed = !same(values, before.values);

  // The draft and the guard belong to the rendered values: a page can be left right after a key or a click.
  useLayoutEffect(() => {
    if (key && !draft)
      keepDraft(
        key,
        changed
          ? { before: before.values, version: before.version, values, reason, time: new Date().toISOString() }
          : undefined,
      );
  }, [values, reason, draft, before]);
  const guard = useRef<(() => void) | undefined>(undefined);
  useLayoutEffect(() => {
    if (!changed) return;
    guard.current = guardLeaving((to) => {
      const answer =
        answers.get(to) ??
        ask({
          title: t("leave.title"),
          text: t(key ? "leave.draft" : "leave.lost", { name }),
          action: t("leave.leave"),
          cancel: t("leave.stay"),
        });
      answers.set(to, answer);
      return answer;
    });
    return () => guard.current?.();
  }, [changed, name]);
  useEffect(() => {
    if (tried > 0) focusProblem(form.current);
  }, [tried, error]);

  const own = useMemo(() => checkValues(type, values), [type, values]);
  const refused = fieldErrors(error, type, sent?.before ?? {}, sent?.values ?? {});
  // A remark of the API holds until the values change.
  const current = sent && same(sent.values, values) ? refused.problems : [];
  const problems: Problem[] = [...own.filter(({ missing }) => !missing || tried > 0), ...current];
  const texts = error && !theirs && refused.problems.length === 0 ? errorTexts(error) : refused.others;

  const save = async (): Promise<void> => {
    const filled = withoutEmptyRows(type, values);
    setValues(filled);
    setTried((tried) => tried + 1);
    setError(undefined);
    if (checkValues(type, filled).some(({ note }) => !note)) return;
    setBusy(true);
    setSent({ before: before.values, values: filled });
    try {
      const result = await write(before, filled, reason);
      if (key) keepDraft(key, undefined);
      setBefore({ ...before, values: filled });
      guard.current?.();
      done(result, before.values);
    } catch (error) {
      setError(error as Error);
      if (read && error instanceof ApiError && error.code === "CONFLICT") await read().then(setTheirs, setError);
    } finally {
      setBusy(false);
    }
  };
  return {
    form,
    before,
    values,
    setValues,
    reason,
    setReason,
    changed,
    busy,
    problems,
    /** Problems that belong to no input. */
    texts,
    save,
    theirs,
    /** Continues from the other version with these values. */
    resolve: (resolved: Values) => {
      if (theirs) setBefore(theirs);
      setValues(resolved);
      setTheirs(undefined);
      setError(undefined);
    },
    draft,
    continueDraft: () => {
      if (draft) {
        setBefore({ values: draft.before, version: draft.version });
        setValues(draft.values);
        setReason(draft.reason);
      }
      setDraft(undefined);
    },
    discardDraft: () => {
      if (key) keepDraft(key, undefined);
      setDraft(undefined);
    },
    /** Forgets what was entered. */
    discard: () => {
      if (key) keepDraft(key, undefined);
      guard.current?.();
      setValues(before.values);
    },
  };
}

function offeredDraft(key: string | undefined, start: Snapshot): Draft | undefined {
  const draft = key ? readDraft(key) : undefined;
  return draft && !same(draft.values, start.values) ? draft : undefined;
}

/** Moves the focus to the first input of the field with a path. */
export function focusField(form: Element | null, path: string): void {
  if (!path) return;
  const field = form?.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
  field?.closest("details")?.setAttribute("open", "");
  field?.scrollIntoView({ block: "center" });
  field?.querySelector<HTMLElement>("input, select, textarea, button")?.focus({ preventScroll: true });
}

/** Moves the focus to the first input with a problem, otherwise to the list of problems. */
export function focusProblem(form: Element | null): void {
  const found = form?.querySelector<HTMLElement>("[aria-invalid=true], .invalid button, .problem[role=alert]");
  found?.closest("details")?.setAttribute("open", "");
  found?.focus();
}
