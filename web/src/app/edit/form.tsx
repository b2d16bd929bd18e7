import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, request } from "../api/client";
import { forgetAll } from "../api/use-query";
import { go } from "../router";
import { t } from "../text";
import { Problem } from "../ui/problem";
import { Conflict } from "./conflict";
import { Input } from "./inputs";
import { DOCUMENTS, FIELDS, type Noun, type Values } from "./nouns";
import { problemsOf } from "./problems";
import { inputOf, same, valuesOf } from "./values";

type Facts = Values & { version: number; slug: string };
type Props = { noun: Noun; title: string; facts?: Facts; close: () => void };

/** The form of a subject that is there, or of a new one. */
export function SubjectForm({ noun, title, facts, close }: Props) {
  const [before, setBefore] = useState(() => ({ values: valuesOf(noun, facts), version: facts?.version }));
  const [values, setValues] = useState(before.values);
  const [error, setError] = useState<Error>();
  const [theirs, setTheirs] = useState<{ values: Values; version: number }>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const changed = !same(values, before.values);
  const documents = DOCUMENTS[noun];

  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const input = inputOf(noun, before.values, values, !facts);
      const { done } = facts
        ? await request(documents.update, { input: { slug: facts.slug, expectedVersion: before.version, ...input } })
        : await request(documents.create, { input });
      forgetAll();
      if (facts) close();
      else go(`/${noun}s/${done.subject.slug}`);
    } catch (error) {
      setError(error as Error);
      if (facts && error instanceof ApiError && error.code === "CONFLICT") await readTheirs(facts.slug);
    } finally {
      setBusy(false);
    }
  };
  const readTheirs = async (slug: string) => {
    const { subject } = await request(documents.read, { slug });
    if (subject) setTheirs({ values: valuesOf(noun, subject), version: subject.version });
  };
  const remove = async () => {
    if (!facts || !confirm(t("edit.confirmDelete", { name: String(facts.name) }))) return;
    try {
      await request(documents.remove, { input: { slug: facts.slug, expectedVersion: before.version } });
      forgetAll();
      go(noun === "model" ? "/" : `/${noun}s`);
    } catch (error) {
      setError(error as Error);
    }
  };
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], .error[role=alert]")?.focus();
  }, [error]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => changed && event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [changed]);

  const problems = problemsOf(error);
  const elsewhere = problems.filter(({ field }) => !FIELDS[noun].some(({ name }) => name === field));
  return (
    <div class="page">
      <h1 tabIndex={-1}>{title}</h1>
      {theirs ? (
        <Conflict
          noun={noun}
          before={before.values}
          theirs={theirs.values}
          mine={values}
          resolve={(resolved) => {
            setBefore(theirs);
            setValues(resolved);
            setTheirs(undefined);
            setError(undefined);
          }}
        />
      ) : (
        error && (problems.length === 0 || elsewhere.length > 0) && <Problem error={error} />
      )}
      <form ref={form} class="edit" onSubmit={(event) => (event.preventDefault(), void save())}>
        {FIELDS[noun].map((field) => (
          <Input
            key={field.name}
            field={field}
            value={values[field.name]}
            change={(value) => setValues((known) => ({ ...known, [field.name]: value }))}
            problem={
              problems
                .filter((problem) => problem.field === field.name)
                .map(({ message }) => message)
                .join(" ") || undefined
            }
          />
        ))}
        <p class="buttons">
          <button type="submit" class="primary" disabled={busy || !changed || !!theirs}>
            {t(facts ? "edit.save" : "edit.create")}
          </button>
          <button type="button" onClick={close}>
            {t("edit.cancel")}
          </button>
          {facts && (
            <button type="button" class="danger" onClick={() => void remove()}>
              {t("edit.delete")}
            </button>
          )}
        </p>
      </form>
    </div>
  );
}
