import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { queryCache } from "../api/query-cache";
import { t } from "../i18n";
import { navigate } from "../router";
import { listAddress, subjectAddress, type SubjectType } from "../subjects";
import { ErrorMessage } from "../ui/error-message";
import { Conflict } from "./conflict";
import { createSubject, deleteSubject, readSubject, type SubjectData, updateSubject } from "./documents";
import { fieldErrors } from "./field-errors";
import { formFields } from "./form-fields";
import { FieldInput, ReasonInput } from "./inputs";
import { createInput, same, updateInput, type Values, valuesOf } from "./values";

type Props = {
  type: SubjectType;
  title: string;
  /** The subject to edit; without, the form creates one. */
  subject?: SubjectData;
  close: () => void;
};

/** The form of a subject. */
export function SubjectForm({ type, title, subject, close }: Props) {
  const [before, setBefore] = useState(() => ({ values: valuesOf(type, subject), version: subject?.version }));
  const [values, setValues] = useState(before.values);
  const [error, setError] = useState<Error>();
  const [theirs, setTheirs] = useState<{ values: Values; version: number }>();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const changed = !same(values, before.values);
  const fields = formFields(type);

  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      if (subject) {
        const target = { slug: subject.slug, expectedVersion: before.version };
        await updateSubject(type, updateInput(type, before.values, values, target), reason);
        queryCache.clear();
        close();
      } else {
        const slug = await createSubject(type, createInput(type, before.values, values));
        queryCache.clear();
        navigate(subjectAddress(type, slug));
      }
    } catch (error) {
      setError(error as Error);
      if (subject && error instanceof ApiError && error.code === "CONFLICT") await readTheirs(subject.slug);
    } finally {
      setBusy(false);
    }
  };
  const readTheirs = async (slug: string) => {
    const current = await readSubject(type, slug);
    setTheirs({ values: valuesOf(type, current), version: current.version });
  };
  const remove = async () => {
    if (!subject || !confirm(t("edit.confirmDelete", { name: String(subject.name) }))) return;
    try {
      await deleteSubject(type, subject.slug, before.version);
      queryCache.clear();
      navigate(listAddress(type));
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

  const problems = fieldErrors(error);
  const otherProblems = problems.filter(({ field }) => !fields.some(({ name }) => name === field));
  return (
    <div class="page">
      <h1 tabIndex={-1}>{title}</h1>
      {theirs ? (
        <Conflict
          type={type}
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
        error && (problems.length === 0 || otherProblems.length > 0) && <ErrorMessage error={error} />
      )}
      <form ref={form} class="edit" onSubmit={(event) => (event.preventDefault(), void save())}>
        {fields.map((field) => (
          <FieldInput
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
        {subject && <ReasonInput reason={reason} change={setReason} />}
        <p class="buttons">
          <button type="submit" class="primary" disabled={busy || !changed || !!theirs}>
            {t(subject ? "edit.save" : "edit.create")}
          </button>
          <button type="button" onClick={close}>
            {t("edit.cancel")}
          </button>
          {subject && (
            <button type="button" class="danger" onClick={() => void remove()}>
              {t("edit.delete")}
            </button>
          )}
        </p>
      </form>
    </div>
  );
}
