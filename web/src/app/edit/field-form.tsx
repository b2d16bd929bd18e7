import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { t } from "../i18n";
import { type SubjectType, subjectOf } from "../subjects";
import { ErrorMessage, Problems } from "../ui/error-message";
import { Conflict } from "./conflict";
import { readSubject, type Saved, updateSubject } from "./documents";
import { DraftOffer } from "./draft-offer";
import { findField } from "./form-fields";
import { FieldInput, FieldOwner, FormProblems, ReasonInput } from "./inputs";
import { announceUpdate } from "./saved";
import { type Snapshot, useForm } from "./use-form";
import { hasEvidence, same, updateInput, type Values, valuesOf } from "./values";

type Props = { type: SubjectType; slug: string; field: string; close: (changed: boolean) => void };

/** A form for one field and its evidence, which starts from its current value. Enter saves, Escape cancels. */
export function FieldForm(props: Props) {
  const { type, slug } = props;
  const [start, setStart] = useState<Snapshot & { name: string }>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    read(type, slug).then(setStart, setError);
  }, []);
  if (error) return <ErrorMessage error={error} />;
  if (start) return <LoadedForm {...props} start={start} />;
  return (
    <span class="unit" role="status">
      {t("loading")}
    </span>
  );
}

async function read(type: SubjectType, slug: string): Promise<Snapshot & { name: string }> {
  const subject = await readSubject(type, slug);
  const name = String(subject[subjectOf(type).nameField]);
  return { values: valuesOf(type, subject), version: subject.version, name };
}

function LoadedForm({ type, slug, field: name, close, start }: Props & { start: Snapshot & { name: string } }) {
  const update = (before: Values, values: Values, version: number | undefined, reason: string) =>
    updateSubject(type, updateInput(type, before, values, { slug, expectedVersion: version }), reason);
  const { form, values, setValues, changed, problems, texts, ...state } = useForm<Saved>({
    type,
    draft: `${type}:${slug}:${name}`,
    name: start.name,
    start,
    write: async (before, values, reason) => {
      try {
        return await update(before.values, values, before.version, reason);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "CONFLICT")) throw error;
        // A change of another field is no conflict with this one.
        const current = await read(type, slug);
        const untouched = [name, "evidence"].every((each) => same(current.values[each], before.values[each]));
        if (!untouched) throw error;
        const merged = { ...current.values, [name]: values[name], evidence: values["evidence"] };
        return await update(current.values, merged, current.version, reason);
      }
    },
    read: () => read(type, slug),
    done: (saved, before) => {
      announceUpdate(type, start.name, before, saved);
      close(true);
    },
  });
  const field = findField(type, name);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    first.current = false;
  }, []);
  if (!field) return null;
  const cancel = () => {
    state.discard();
    close(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Input methods use these keys while they compose.
    if (event.isComposing || event.defaultPrevented) return;
    const { target } = event;
    const ignoresEnter = target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
    if (event.key === "Escape") {
      event.stopPropagation();
      cancel();
    } else if (event.key === "Enter" && !event.shiftKey && ignoresEnter) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  if (state.draft) {
    return (
      <div class="in-place">
        <DraftOffer draft={state.draft} accept={state.continueDraft} discard={state.discardDraft} />
      </div>
    );
  }
  if (state.theirs) {
    return (
      <div class="in-place">
        <Conflict
          type={type}
          before={{ ...state.theirs.values, [name]: state.before.values[name] }}
          theirs={state.theirs.values}
          mine={{ ...state.theirs.values, [name]: values[name] }}
          resolve={state.resolve}
        />
      </div>
    );
  }
  const owner = hasEvidence(type) ? { type, path: "", values, change: setValues } : undefined;
  return (
    <form
      ref={form}
      class="in-place"
      noValidate
      onSubmit={(event) => (event.preventDefault(), changed ? void state.save() : cancel())}
      onKeyDown={onKeyDown}
    >
      <FormProblems.Provider value={problems}>
        <FieldOwner.Provider value={owner}>
          <FieldInput
            field={field}
            path={name}
            value={values[name]}
            change={(value) => setValues((known) => ({ ...known, [name]: value }))}
          />
        </FieldOwner.Provider>
      </FormProblems.Provider>
      <ReasonInput reason={state.reason} change={state.setReason} />
      {texts.length > 0 && <Problems texts={texts} />}
      <p class="buttons">
        <button type="submit" class="primary" disabled={state.busy}>
          {t("edit.save")}
        </button>
        <button type="button" onClick={cancel}>
          {t("edit.cancel")}
        </button>
      </p>
    </form>
  );
}
