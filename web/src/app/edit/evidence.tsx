import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { type Field, isFact } from "../fields";
import { enumText, t } from "../i18n";
import { Dialog } from "../ui/dialog";
import { checkStatement } from "./checks";
import type { Reference } from "./documents";
import { Cells, FieldInput, FieldOwner, FormProblems, GroupInput, type Owner } from "./inputs";
import { focusProblem } from "./use-form";
import { same, type Statement, statements, type Values, valuesOf, valueText } from "./values";

/** A statement that is being entered: at an index of the evidence, or a new one. It stays while its dialog is closed. */
type Pending = { at: number | "new"; start: Statement; statement: Statement };

/** The button of the evidence of a field, with the number of statements. */
export function EvidenceButton({ field }: { field: Field }) {
  const owner = useContext(FieldOwner);
  const problems = useContext(FormProblems);
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState<Pending>();
  if (!owner) return null;
  const own = statements(owner.values).flatMap(({ field: name }, i) => (name === field.name ? [i] : []));
  const texts = problems.filter(({ path }) => own.some((i) => `${path}.`.startsWith(`${owner.path}evidence.${i}.`)));
  const count = own.length;
  return (
    <>
      <span class={texts.length > 0 ? "cite invalid" : "cite"}>
        <button
          type="button"
          class={count > 0 ? "tool known" : "tool"}
          aria-haspopup="dialog"
          aria-label={t("evidence.of", { name: t(field.label), count })}
          title={t("evidence.of", { name: t(field.label), count })}
          onClick={() => setOpen(true)}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path
              d="M6.7 3.2C4 4.4 2.6 6.3 2.6 9v3.8h4V9H4.7c.1-1.7.9-2.9 2.6-3.7zM13.4 3.2C10.7 4.4 9.3 6.3 9.3 9v3.8h4V9h-1.9c.1-1.7.9-2.9 2.6-3.7z"
              fill="currentColor"
            />
          </svg>
          {count > 0 && <span>{count}</span>}
        </button>
        {pending && !open && !same(pending.start, pending.statement) && (
          <span class="note">{t("evidence.pending")}</span>
        )}
        {texts.map(({ text }) => (
          <span key={text} class="error">
            {text}
          </span>
        ))}
      </span>
      {open && (
        <EvidenceDialog
          field={field}
          owner={owner}
          pending={pending}
          setPending={setPending}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** The details of the last statement that was added: the next one is often from the same source. */
let lastSource: { source: Reference; accessed: unknown } | undefined;

type DialogProps = {
  field: Field;
  owner: Owner;
  pending?: Pending;
  setPending: (pending: Pending | undefined) => void;
  close: () => void;
};

/** The evidence of a field: statements are added, changed and removed. They are saved with the form. */
function EvidenceDialog({ field, owner, pending, setPending, close }: DialogProps) {
  const problems = useContext(FormProblems);
  const all = statements(owner.values);
  const own = all.map((statement, i) => ({ statement, i })).filter(({ statement }) => statement.field === field.name);
  const edit = (at: Pending["at"], start: Statement) => setPending({ at, start, statement: start });
  const set = (statements: Statement[]) => owner.change({ ...owner.values, evidence: statements });
  const add = () =>
    edit("new", {
      field: field.name,
      value: owner.values[field.name],
      details: { ...valuesOf("Evidence"), ...lastSource },
    });
  useEffect(() => {
    if (own.length === 0 && !pending) add();
  }, []);
  const take = () => {
    if (!pending) return;
    const { at, statement } = pending;
    set(at === "new" ? [...all, statement] : all.map((other, i) => (i === at ? statement : other)));
    const source = statement.details["source"] as Reference;
    lastSource = { source, accessed: statement.details["accessed"] };
    setPending(undefined);
  };
  const input = pending && (
    <StatementInput
      field={field}
      owner={owner}
      statement={pending.statement}
      change={(statement) => setPending({ ...pending, statement })}
      take={take}
      cancel={() => setPending(undefined)}
    />
  );
  // The dialog lies in a form, whose keys it must not reach.
  return (
    <Dialog title={t("evidence.title.of", { name: t(field.label) })} close={close}>
      <div class="edit small evidence-form" onKeyDown={(event) => event.stopPropagation()}>
        <p class="hint">{t("evidence.hint")}</p>
        <ul class="statements">
          {own.map(({ statement, i }) =>
            pending?.at === i ? (
              <li key={i}>{input}</li>
            ) : (
              <li key={i}>
                <StatementText field={field} statement={statement} />
                {problems
                  .filter(({ path }) => `${path}.`.startsWith(`${owner.path}evidence.${i}.`))
                  .map(({ text }) => (
                    <p key={text} class="error">
                      {text}
                    </p>
                  ))}
                <p class="buttons">
                  <button type="button" class="text" onClick={() => edit(i, statement)}>
                    {t("edit.edit")}
                  </button>
                  <button type="button" class="text" onClick={() => set(all.filter((_, j) => j !== i))}>
                    {t("evidence.remove")}
                  </button>
                </p>
              </li>
            ),
          )}
        </ul>
        {pending?.at === "new" && input}
        {!pending && (
          <p class="buttons">
            <button type="button" onClick={add}>
              {t("evidence.add")}
            </button>
            <button type="button" class="primary" onClick={(event) => event.currentTarget.closest("dialog")?.close()}>
              {t("evidence.done")}
            </button>
          </p>
        )}
      </div>
    </Dialog>
  );
}

function StatementText({ field, statement: { value, details } }: { field: Field; statement: Statement }) {
  const { stance, source, quote, locator, confidence, rank } = details as Record<string, string>;
  const name = (details["source"] as Reference | null)?.name ?? source;
  const text =
    "of" in field && (field.kind === "choice" || field.kind === "choices")
      ? enumText(field.of, String(value))
      : valueText(value);
  return (
    <p>
      <strong>{stance === "STATED" ? text : enumText("Stance", stance ?? "")}</strong> · {name}
      {locator && <span class="unit"> {locator}</span>}
      {quote && (
        <>
          {" "}
          <q>{quote}</q>
        </>
      )}{" "}
      <span class="unit">
        {confidence && enumText("Confidence", confidence)}
        {rank && rank !== "NORMAL" && ` · ${enumText("EvidenceRank", rank)}`}
      </span>
    </p>
  );
}

type InputProps = {
  field: Field;
  owner: Owner;
  statement: Statement;
  change: (statement: Statement) => void;
  take: () => void;
  cancel: () => void;
};

/** The inputs of a statement: the value, then the source and its words. */
function StatementInput({ field, owner, statement, change, take: done, cancel }: InputProps) {
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const problems = checkStatement(owner.type, statement, "statement").filter(({ missing }) => !missing || tried);
  const take = () => {
    setTried(true);
    if (checkStatement(owner.type, statement, "statement").every(({ note }) => note)) done();
    else requestAnimationFrame(() => focusProblem(box.current));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    take();
  };
  const stated = (statement.details as Values)["stance"] === "STATED";
  const plain = { ...field, label: "evidence.value" as const, cited: false, required: true };
  const set = (value: unknown) => change({ ...statement, value });
  return (
    <div ref={box} class="statement" onKeyDown={onKeyDown}>
      <FormProblems.Provider value={problems}>
        <FieldOwner.Provider value={undefined}>
          {stated &&
            (isFact(field) ? (
              <FieldInput field={plain} path="statement.value" value={statement.value} change={set} />
            ) : (
              <fieldset class="field">
                <legend>{t("evidence.value")}</legend>
                <div class="control">
                  <GroupInput field={plain} path="statement.value" value={statement.value} change={set} />
                </div>
              </fieldset>
            ))}
          <Cells
            type="Evidence"
            path="statement"
            values={statement.details}
            change={(details) => change({ ...statement, details })}
          />
        </FieldOwner.Provider>
      </FormProblems.Provider>
      <p class="buttons">
        <button type="button" class="primary" onClick={take}>
          {t("evidence.take")}
        </button>
        <button type="button" onClick={cancel}>
          {t("edit.cancel")}
        </button>
      </p>
    </div>
  );
}
