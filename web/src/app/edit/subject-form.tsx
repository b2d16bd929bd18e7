import { useEffect, useState } from "preact/hooks";
import { canEdit } from "../api/session";
import { t } from "../i18n";
import { navigate } from "../router";
import { listAddress, subjectAddress, type SubjectType, subjectOf } from "../subjects";
import { ask } from "../ui/ask";
import { ErrorMessage, Problems } from "../ui/error-message";
import { CheckpointList } from "./checkpoints";
import { Conflict } from "./conflict";
import {
  createSubject,
  deleteSubject,
  propose,
  readSubject,
  type Saved,
  type SubjectData,
  updateSubject,
} from "./documents";
import { DraftOffer } from "./draft-offer";
import { formFields } from "./form-fields";
import { ContactInput, FieldInput, FieldOwner, FormProblems, ReasonInput } from "./inputs";
import { ReasonDialog } from "./reason-dialog";
import { announce, announceCreation, announceDeletion, announceUpdate } from "./saved";
import { focusField, useForm } from "./use-form";
import { createInput, hasEvidence, updateInput, valuesOf } from "./values";

type Props = {
  type: SubjectType;
  title: string;
  /** The subject to edit; without, the form creates one. */
  subject?: SubjectData;
  close: () => void;
};

/** The form of a subject. Those who may not edit propose with it. The hash of the address is the path of the first field to change. */
export function SubjectForm({ type, title, subject, close }: Props) {
  const [failed, setFailed] = useState<Error>();
  const [contact, setContact] = useState("");
  const [deleting, setDeleting] = useState(false);
  const proposes = !canEdit();
  const { nameField } = subjectOf(type);
  const name = String(subject?.[nameField] ?? title);
  const { values, setValues, changed, problems, texts, ...form } = useForm<Saved | (() => Promise<void>)>({
    type,
    draft: `${type}:${subject?.slug ?? ""}`,
    name,
    start: { values: valuesOf(type, subject), version: subject?.version },
    write: ({ values: before, version }, values, reason) => {
      if (!subject) {
        const input = createInput(type, before, values);
        return proposes ? propose("create", type, input, reason, contact) : createSubject(type, input, reason);
      }
      const input = updateInput(type, before, values, { slug: subject.slug, expectedVersion: version });
      return proposes ? propose("update", type, input, reason, contact) : updateSubject(type, input, reason);
    },
    read: subject && (() => readSubject(type, subject.slug).then(snapshotOf(type))),
    done: (saved, before) => {
      const given = String(values[nameField]).trim();
      if (typeof saved === "function") {
        announce(t("propose.sent"), saved);
        close();
      } else if (subject) {
        announceUpdate(type, given, before, saved);
        close();
      } else {
        announceCreation(type, given, saved);
        void navigate(subjectAddress(type, saved.slug));
      }
    },
  });
  useEffect(() => focusField(form.form.current, location.hash.slice(1)), [form.draft]);
  const proposeDeletion = async (reason: string) => {
    if (!subject) return;
    const target = { slug: subject.slug, expectedVersion: form.before.version };
    const withdraw = await propose("delete", type, target, reason, contact);
    form.discard();
    announce(t("propose.sent"), withdraw);
    close();
  };
  const remove = async () => {
    if (!subject) return;
    const chosen = await ask({
      title: t("edit.deleteTitle", { name }),
      text: t("edit.confirmDelete", { name }),
      action: t("edit.deleteNamed", { name }),
      danger: true,
    });
    if (!chosen) return;
    try {
      const revision = await deleteSubject(type, subject.slug, form.before.version, form.reason);
      form.discard();
      announceDeletion(type, name, subject.slug, revision);
      void navigate(listAddress(type));
    } catch (error) {
      setFailed(error as Error);
    }
  };
  if (form.draft) {
    return (
      <div class="page">
        <h1 tabIndex={-1}>{title}</h1>
        <DraftOffer draft={form.draft} accept={form.continueDraft} discard={form.discardDraft} />
      </div>
    );
  }
  const ready = !form.busy && changed && !form.theirs && (!proposes || form.reason.trim() !== "");
  return (
    <div class="page">
      <h1 tabIndex={-1}>{title}</h1>
      {proposes && <p>{t(subject ? "propose.text" : "propose.newText")}</p>}
      {form.theirs && (
        <Conflict
          type={type}
          before={form.before.values}
          theirs={form.theirs.values}
          mine={values}
          resolve={form.resolve}
        />
      )}
      <form ref={form.form} class="edit" noValidate onSubmit={(event) => (event.preventDefault(), void form.save())}>
        {failed && <ErrorMessage error={failed} />}
        {texts.length > 0 && <Problems texts={texts} />}
        <FormProblems.Provider value={problems}>
          <FieldOwner.Provider value={hasEvidence(type) ? { type, path: "", values, change: setValues } : undefined}>
            {formFields(type).map((field) => (
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
        {type === "Model" && subject && <CheckpointList model={subject.slug} />}
        <ReasonInput reason={form.reason} change={form.setReason} required={proposes} />
        {proposes && <ContactInput contact={contact} change={setContact} />}
        <p class="buttons">
          <button type="submit" class="primary" disabled={!ready}>
            {t(proposes ? "propose.send" : subject ? "edit.save" : "edit.create")}
          </button>
          <button type="button" onClick={() => (form.discard(), close())}>
            {t("edit.cancel")}
          </button>
          {subject && (
            <button type="button" class="danger" onClick={() => (proposes ? setDeleting(true) : void remove())}>
              {t(proposes ? "propose.delete" : "edit.delete")}
            </button>
          )}
        </p>
      </form>
      {deleting && (
        <ReasonDialog
          title={t("propose.deleteTitle", { name })}
          text={t("propose.deleteText")}
          label={t("edit.reason")}
          action={t("propose.delete")}
          send={proposeDeletion}
          close={() => setDeleting(false)}
        />
      )}
    </div>
  );
}

function snapshotOf(type: SubjectType) {
  return (subject: SubjectData) => ({ values: valuesOf(type, subject), version: subject.version });
}
