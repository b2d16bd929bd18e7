import { useRef } from "preact/hooks";
import { t } from "../i18n";
import { subjectOf, type SubjectType } from "../subjects";
import { Dialog } from "../ui/dialog";
import { Problems } from "../ui/error-message";
import { createSubject, type Reference, type Saved } from "./documents";
import { firstFields } from "./form-fields";
import { FieldInput, FieldOwner, FormProblems } from "./inputs";
import { announceCreation } from "./saved";
import { useForm } from "./use-form";
import { createInput, type Values, valuesOf } from "./values";

type Props = {
  type: SubjectType;
  /** The text that was typed in the picker: the name, or the address of a source. */
  name: string;
  close: () => void;
  created: (reference: Reference) => void;
};

/** A dialog with the first fields of a new subject, which is created at once. */
export function CreateDialog({ type, name, close, created }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { nameField, newTitle } = subjectOf(type);
  const start = valuesOf(type);
  const isAddress = /^https?:\/\//i.test(name) && "url" in start;
  const { values, setValues, problems, texts, busy, save } = useForm<Saved>({
    type,
    name,
    start: { values: { ...start, [isAddress ? "url" : nameField]: name } },
    write: (_, values, reason) => createSubject(type, createInput(type, start, values), reason),
    done: (saved) => {
      const given = nameOf(values, nameField);
      announceCreation(type, given, saved);
      created({ slug: saved.slug, name: given });
    },
  });
  // It is no form of its own: it lies in the form that the picker belongs to.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      void save();
    }
    event.stopPropagation();
  };
  return (
    <Dialog title={t(newTitle)} close={close}>
      <div ref={box} class="edit small" onKeyDown={onKeyDown}>
        {texts.length > 0 && <Problems texts={texts} />}
        <FormProblems.Provider value={problems}>
          <FieldOwner.Provider value={undefined}>
            {firstFields(type).map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                path={field.name}
                value={values[field.name]}
                change={(value) => setValues((known) => ({ ...known, [field.name]: value }))}
              />
            ))}
          </FieldOwner.Provider>
        </FormProblems.Provider>
        <p class="hint">{t("edit.createHint")}</p>
        <p class="buttons">
          <button type="button" class="primary" disabled={busy} onClick={() => void save()}>
            {t("edit.create")}
          </button>
          <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
            {t("edit.cancel")}
          </button>
        </p>
      </div>
    </Dialog>
  );
}

function nameOf(values: Values, field: string): string {
  return String(values[field]).trim();
}
