import { useRef } from "preact/hooks";
import { canEdit } from "../api/session";
import { t } from "../i18n";
import { subjectOf, type SubjectType } from "../subjects";
import { Dialog } from "../ui/dialog";
import { Problems } from "../ui/error-message";
import { createSubject, type Reference } from "./documents";
import { firstFields } from "./form-fields";
import { FieldInput, FieldOwner, FormProblems } from "./inputs";
import { announceCreation } from "./saved";
import { useForm } from "./use-form";
import { createInput, slugOf, valuesOf } from "./values";

type Props = {
  type: SubjectType;
  /** The text that was typed in the picker: the name, or the address of a source. */
  name: string;
  close: () => void;
  created: (reference: Reference) => void;
};

/** A dialog with the first fields of a new subject, which is created at once, or by the proposal that it is a part of. */
export function CreateDialog({ type, name, close, created }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { nameField, newTitle } = subjectOf(type);
  const start = valuesOf(type);
  const proposes = !canEdit();
  const isAddress = /^https?:\/\//i.test(name) && "url" in start;
  const { values, setValues, problems, texts, busy, save } = useForm<Reference>({
    type,
    name,
    start: { values: { ...start, [isAddress ? "url" : nameField]: name } },
    write: async (_, values, reason) => {
      const input = createInput(type, start, values);
      const given = String(values[nameField]).trim();
      if (proposes) {
        const slug = slugOf(type, given);
        return { slug, name: given, create: { ...input, slug } };
      }
      const saved = await createSubject(type, input, reason);
      announceCreation(type, given, saved);
      return { slug: saved.slug, name: given };
    },
    done: created,
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
        <p class="hint">{t(proposes ? "propose.createHint" : "edit.createHint")}</p>
        <p class="buttons">
          <button type="button" class="primary" disabled={busy} onClick={() => void save()}>
            {t(proposes ? "propose.add" : "edit.create")}
          </button>
          <button type="button" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
            {t("edit.cancel")}
          </button>
        </p>
      </div>
    </Dialog>
  );
}
