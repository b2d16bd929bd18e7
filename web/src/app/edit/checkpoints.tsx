import { useEffect, useState } from "preact/hooks";
import { canEdit } from "../api/session";
import { t } from "../i18n";
import { ask } from "../ui/ask";
import { Dialog } from "../ui/dialog";
import { ErrorMessage, Problems } from "../ui/error-message";
import { type CheckpointData, proposeCheckpoints, readCheckpoints, type Saved, updateCheckpoints } from "./documents";
import { DraftOffer } from "./draft-offer";
import { Cells, ContactInput, FieldOwner, FormProblems, ReasonInput } from "./inputs";
import { ReasonDialog } from "./reason-dialog";
import { announce } from "./saved";
import { type Snapshot, useForm } from "./use-form";
import { partInput, type Values, valuesOf } from "./values";

type Loaded = { version: number; checkpoints: CheckpointData[] };

/** The checkpoints of a model. Each has a form of its own, which saves it at once, or proposes it for those who may not edit. */
export function CheckpointList({ model }: { model: string }) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [error, setError] = useState<Error>();
  const [edited, setEdited] = useState<CheckpointData | "new">();
  const [removed, setRemoved] = useState<CheckpointData>();
  const load = () => readCheckpoints(model).then(setLoaded, setError);
  useEffect(() => void load(), [model]);
  const proposeRemoval = async (checkpoint: CheckpointData, reason: string) => {
    announce(t("propose.sent"), await proposeCheckpoints({ model, delete: [checkpoint.id] }, reason, ""));
  };
  const remove = async (checkpoint: CheckpointData) => {
    if (!canEdit()) return setRemoved(checkpoint);
    const name = checkpoint.repository;
    const text = t("checkpoint.confirmDelete", { name });
    if (
      !(await ask({
        title: t("edit.deleteTitle", { name }),
        text,
        action: t("edit.deleteNamed", { name }),
        danger: true,
      }))
    )
      return;
    try {
      await updateCheckpoints({ model, delete: [checkpoint.id] }, "");
      announce(t("toast.deleted", { name }), async () => {
        await updateCheckpoints({ model, put: [putInput(undefined, valuesOfCheckpoint(checkpoint))] }, "Undo");
        await load();
      });
      await load();
    } catch (error) {
      setError(error as Error);
    }
  };
  return (
    <fieldset class="field">
      <legend>{t("checkpoint.title")}</legend>
      <div class="control">
        {error && <ErrorMessage error={error} />}
        <ul class="checkpoints">
          {loaded?.checkpoints.map((checkpoint) => (
            <li key={checkpoint.id}>
              <span class="name">{addressOf(checkpoint)}</span>
              <button
                type="button"
                class="text"
                aria-label={t("edit.change", { name: checkpoint.repository })}
                onClick={() => setEdited(checkpoint)}
              >
                {t("edit.edit")}
              </button>
              <button
                type="button"
                class="text"
                aria-label={t("edit.deleteNamed", { name: checkpoint.repository })}
                onClick={() => void remove(checkpoint)}
              >
                {t("edit.delete")}
              </button>
            </li>
          ))}
        </ul>
        <button type="button" class="text" disabled={!loaded} onClick={() => setEdited("new")}>
          + {t("checkpoint.add")}
        </button>
        <p class="hint">{t(canEdit() ? "checkpoint.hint" : "checkpoint.proposeHint")}</p>
        {loaded && edited && (
          <CheckpointForm
            model={model}
            checkpoint={edited === "new" ? undefined : edited}
            close={() => setEdited(undefined)}
            saved={() => void load()}
          />
        )}
        {removed && (
          // The form of the dialog lies in that of the model.
          <div onSubmit={(event) => event.stopPropagation()}>
            <ReasonDialog
              title={t("propose.deleteTitle", { name: removed.repository })}
              text={t("propose.deleteText")}
              label={t("edit.reason")}
              action={t("propose.delete")}
              send={(reason) => proposeRemoval(removed, reason)}
              close={() => setRemoved(undefined)}
            />
          </div>
        )}
      </div>
    </fieldset>
  );
}

function addressOf({ stated }: CheckpointData): string {
  const { repository, revision, path } = stated as Record<string, string | undefined>;
  return [repository, revision && `@${revision}`, path && `#${path}`].filter(Boolean).join("");
}

function valuesOfCheckpoint({ stated, license, evidence }: CheckpointData): Values {
  const own = stated as Record<string, unknown>;
  // The license that applies may be inherited; only its name is taken from it.
  const named = license?.slug === own["license"] ? license : own["license"];
  return valuesOf("Checkpoint", { ...own, license: named, evidence });
}

type PutInput = NonNullable<Parameters<typeof updateCheckpoints>[0]["put"]>[number];

function putInput(before: Values | undefined, values: Values): PutInput {
  return partInput("Checkpoint", before ?? {}, values) as PutInput;
}

type FormProps = { model: string; checkpoint?: CheckpointData; close: () => void; saved: () => void };

function CheckpointForm({ model, checkpoint, close, saved }: FormProps) {
  const start: Snapshot = { values: checkpoint ? valuesOfCheckpoint(checkpoint) : valuesOf("Checkpoint") };
  const title = checkpoint ? t("edit.title", { name: checkpoint.repository }) : t("checkpoint.new");
  const [contact, setContact] = useState("");
  const proposes = !canEdit();
  const { values, setValues, problems, texts, reason, setReason, ...form } = useForm<Saved | (() => Promise<void>)>({
    type: "Checkpoint",
    draft: `Checkpoint:${model}:${checkpoint?.id ?? ""}`,
    name: title,
    start,
    write: ({ values: before }, values, reason) => {
      const moved = checkpoint && addressKey(before) !== addressKey(values);
      // A checkpoint with another address is another one: all of its evidence is added to it.
      const put = [putInput(checkpoint && !moved ? before : undefined, values)];
      const input = { model, put, delete: moved ? [checkpoint.id] : [] };
      return proposes ? proposeCheckpoints(input, reason, contact) : updateCheckpoints(input, reason);
    },
    done: (done, before) => {
      if (typeof done === "function") {
        announce(t("propose.sent"), done);
        return close();
      }
      const name = String(values["repository"]);
      const undo = async () => {
        if (checkpoint) {
          const current = (await readCheckpoints(model)).checkpoints.find(({ id }) => id === checkpoint.id);
          await updateCheckpoints({ model, put: [putInput(current && valuesOfCheckpoint(current), before)] }, "Undo");
        } else {
          const made = (await readCheckpoints(model)).checkpoints.find(
            (each) => addressKey(valuesOfCheckpoint(each)) === addressKey(values),
          );
          if (made) await updateCheckpoints({ model, delete: [made.id] }, "Undo");
        }
        saved();
      };
      announce(t(checkpoint ? "toast.saved" : "toast.created", { name }), undo);
      saved();
      close();
    },
  });
  if (form.draft) {
    return (
      <Dialog title={title} close={close}>
        <DraftOffer draft={form.draft} accept={form.continueDraft} discard={form.discardDraft} />
      </Dialog>
    );
  }
  const ready = !form.busy && form.changed && (!proposes || reason.trim() !== "");
  const onKeyDown = (event: KeyboardEvent) => {
    // The dialog lies in the form of the model, whose keys it must not reach.
    event.stopPropagation();
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (ready) void form.save();
  };
  return (
    <Dialog title={title} close={close}>
      <div class="edit small" onKeyDown={onKeyDown}>
        {texts.length > 0 && <Problems texts={texts} />}
        <FormProblems.Provider value={problems.map((each) => ({ ...each, path: `checkpoint.${each.path}` }))}>
          <FieldOwner.Provider value={{ type: "Checkpoint", path: "checkpoint.", values, change: setValues }}>
            <Cells type="Checkpoint" path="checkpoint" values={values} change={setValues} />
          </FieldOwner.Provider>
        </FormProblems.Provider>
        <ReasonInput reason={reason} change={setReason} required={proposes} />
        {proposes && <ContactInput contact={contact} change={setContact} />}
        <p class="buttons">
          <button type="button" class="primary" disabled={!ready} onClick={() => void form.save()}>
            {t(proposes ? "propose.send" : "edit.save")}
          </button>
          <button type="button" onClick={(event) => (form.discard(), event.currentTarget.closest("dialog")?.close())}>
            {t("edit.cancel")}
          </button>
        </p>
      </div>
    </Dialog>
  );
}

function addressKey(values: Values): string {
  const part = (name: string) => String(values[name]).trim().toLowerCase();
  return [part("hub"), part("repository"), part("revision"), part("path")].join("\n");
}
