import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type FactField, type Field, type FieldsType, isFact } from "../fields";
import { enumText, findText, t } from "../i18n";
import type { Problem } from "./checks";
import type { Reference } from "./documents";
import { EvidenceButton } from "./evidence";
import { DERIVED_CHOICES, EMPTY_OPTIONS, HINTS, visibleFields } from "./form-fields";
import { Picker } from "./picker";
import { hasEvidence, isEmptyPart, type Texts, type Values, valuesOf } from "./values";
import { useUniqueId } from "../ui/unique-id";

/** The problems of the form. */
export const FormProblems = createContext<readonly Problem[]>([]);
/** The subject, size or checkpoint that the fields belong to, which evidence can be about. */
export type Owner = { type: FieldsType; path: string; values: Values; change: (values: Values) => void };
export const FieldOwner = createContext<Owner | undefined>(undefined);

type Props = {
  field: Field;
  /** The path of the value in the form. */
  path: string;
  value: unknown;
  change: (value: unknown) => void;
  /** Whether it is an input of a part, with its label above. */
  small?: boolean;
};

/** The inputs of a field with its label, its hint or its problems, and its evidence. */
export function FieldInput({ field, path, value, change, small = false }: Props) {
  const id = useUniqueId();
  const problems = useContext(FormProblems).filter((problem) => problem.path === path);
  const hint = HINTS[field.label];
  const wrong = problems.some(({ note }) => !note);
  const about = { id, "aria-invalid": wrong, "aria-describedby": `${id}-about` };
  const kind = `${small ? "sub" : "field"}${field.required ? " required" : ""}`;
  const label = t(field.label);
  const after = (
    <div id={`${id}-about`} class="about" aria-live="polite">
      {problems.map(({ text, note, live }) => (
        <p key={text} class={note ? "note" : live ? "error live" : "error"}>
          {text}
        </p>
      ))}
      {hint && problems.length === 0 && <p class="hint">{t(hint)}</p>}
    </div>
  );
  if (isFact(field) && field.kind !== "choices") {
    return (
      <div class={kind} data-field={path}>
        <label for={id}>{label}</label>
        <div class="control">
          <div class="input">
            <FactInput field={field} value={value} change={change} about={about} />
            {field.cited && <EvidenceButton field={field} />}
          </div>
          {after}
        </div>
      </div>
    );
  }
  return (
    <fieldset class={kind} data-field={path} aria-describedby={`${id}-about`}>
      <legend>{label}</legend>
      <div class="control">
        <div class="input">
          <GroupInput field={field} path={path} value={value} change={change} />
          {field.cited && <EvidenceButton field={field} />}
        </div>
        {after}
      </div>
    </fieldset>
  );
}

/** The input of the reason of a change. */
type ReasonProps = { reason: string; change: (reason: string) => void; required?: boolean };

/** The input of the reason of a change. A proposal needs one. */
export function ReasonInput({ reason, change, required = false }: ReasonProps) {
  const id = useUniqueId();
  return (
    <div class="field">
      <label for={id}>{t("edit.reason")}</label>
      <div class="control">
        <input
          id={id}
          type="text"
          value={reason}
          maxLength={500}
          required={required}
          onInput={(event) => change(event.currentTarget.value)}
        />
        <p class="hint">{t(required ? "propose.reason.hint" : "edit.reason.hint")}</p>
      </div>
    </div>
  );
}

/** The input of a name or address of the proposer of a change. */
export function ContactInput({ contact, change }: { contact: string; change: (contact: string) => void }) {
  const id = useUniqueId();
  return (
    <div class="field">
      <label for={id}>{t("propose.contact")}</label>
      <div class="control">
        <input
          id={id}
          type="text"
          value={contact}
          maxLength={200}
          onInput={(event) => change(event.currentTarget.value)}
        />
        <p class="hint">{t("propose.contact.hint")}</p>
      </div>
    </div>
  );
}

type About = { id: string; "aria-invalid": boolean; "aria-describedby": string };
type FactInputProps = { field: FactField; value: unknown; change: (value: unknown) => void; about?: About };

/** The input of a fact. `about`: attributes for an input with a label and a hint of its own. */
export function FactInput({ field, value, change, about }: FactInputProps) {
  switch (field.kind) {
    case "choice": {
      // Where the API needs a value, the form does not guess one.
      const empty = field.required ? "edit.choose" : (EMPTY_OPTIONS[field.label] ?? "unknown");
      return (
        <select {...about} value={String(value)} onChange={(event) => change(event.currentTarget.value)}>
          {!field.default && <option value="">{t(empty)}</option>}
          {field.values
            .filter((choice) => !DERIVED_CHOICES.includes(choice))
            .map((choice) => (
              <option key={choice} value={choice}>
                {enumText(field.of, choice)}
              </option>
            ))}
        </select>
      );
    }
    case "boolean":
      return (
        <select {...about} value={String(value)} onChange={(event) => change(event.currentTarget.value)}>
          <option value="">{t(EMPTY_OPTIONS[field.label] ?? "unknown")}</option>
          <option value="true">{t("yes")}</option>
          <option value="false">{t("no")}</option>
        </select>
      );
    case "choices":
      return <Choices values={field.values} of={field.of} chosen={value as string[]} change={change} />;
    default: {
      const examples = {
        amount: "1.5T",
        date: "2023-07-18",
      };
      return (
        <input
          {...about}
          type="text"
          value={String(value)}
          inputMode={field.kind === "number" ? "decimal" : field.kind === "url" ? "url" : undefined}
          autoComplete="off"
          placeholder={field.kind === "amount" || field.kind === "date" ? examples[field.kind] : undefined}
          onInput={(event) => change(event.currentTarget.value)}
        />
      );
    }
  }
}

type ChoicesProps = { values: readonly string[]; of: string; chosen: string[]; change: (chosen: string[]) => void };

function Choices({ values, of, chosen, change }: ChoicesProps) {
  return (
    <div class="checks">
      {values.map((choice) => (
        <label key={choice} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(choice)}
            onChange={(event) =>
              change(
                values.filter((other) => (other === choice ? event.currentTarget.checked : chosen.includes(other))),
              )
            }
          />{" "}
          {enumText(of, choice)}
        </label>
      ))}
    </div>
  );
}

type GroupProps = Omit<Props, "small">;

/** The inputs of a field with several inputs or a picker. */
export function GroupInput({ field, path, value, change }: GroupProps) {
  switch (field.kind) {
    case "localized": {
      const texts = value as Texts;
      return (
        <div class="cells">
          {(["en", "zh"] as const).map((language) => (
            <label key={language} class="sub wide">
              <span>{language === "zh" ? "中文" : "English"}</span>
              <textarea
                rows={2}
                lang={language === "zh" ? "zh-Hans" : "en"}
                value={texts[language]}
                onInput={(event) => change({ ...texts, [language]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
      );
    }
    case "part":
      return <Cells type={field.of} path={path} values={value as Values} change={change} />;
    case "parts":
      return <Rows type={field.of} path={path} rows={value as Values[]} change={change} />;
    case "reference": {
      const reference = value as Reference | null;
      return (
        <Picker
          type={field.of}
          value={reference ? [reference] : []}
          change={(picked) => change(picked.at(-1) ?? null)}
          label={t(field.label)}
          bySlug={field.bySlug}
        />
      );
    }
    case "references":
      return <Picker type={field.of} value={value as Reference[]} change={change} label={t(field.label)} />;
    default:
      return <FactInput field={field} value={value} change={change} />;
  }
}

type CellsProps = { type: FieldsType; path: string; values: Values; change: (values: Values) => void };

/** The inputs of a part. Those that are seldom needed are folded. */
export function Cells({ type, path, values, change }: CellsProps) {
  const problems = useContext(FormProblems);
  const [visible, folded] = visibleFields(type);
  const cell = (field: Field) => (
    <FieldInput
      key={field.name}
      small
      field={field}
      path={`${path}.${field.name}`}
      value={values[field.name]}
      change={(value) => change({ ...values, [field.name]: value })}
    />
  );
  const empty = valuesOf(type);
  const filled = folded.filter(({ name }) => JSON.stringify(values[name]) !== JSON.stringify(empty[name])).length;
  const wrong = folded.some(({ name }) => problems.some((problem) => problem.path.startsWith(`${path}.${name}`)));
  return (
    <div class="cells">
      {visible.map(cell)}
      {folded.length > 0 && (
        <details class="more" open={wrong || undefined}>
          <summary>{filled > 0 ? t("edit.moreFilled", { count: filled }) : t("edit.more")}</summary>
          <div class="cells">{folded.map(cell)}</div>
        </details>
      )}
    </div>
  );
}

type RowsProps = { type: FieldsType; path: string; rows: Values[]; change: (rows: Values[]) => void };

function Rows({ type, path, rows, change }: RowsProps) {
  const problems = useContext(FormProblems);
  return (
    <div class="rows">
      {rows.map((row, i) => {
        const set = (changed: Values) => change(rows.map((other, j) => (j === i ? changed : other)));
        const at = `${path}.${i}`;
        const cells = <Cells type={type} path={at} values={row} change={set} />;
        return (
          <div key={i} class="row-card">
            {hasEvidence(type) ? (
              <FieldOwner.Provider value={{ type, path: `${at}.`, values: row, change: set }}>
                {cells}
              </FieldOwner.Provider>
            ) : (
              <FieldOwner.Provider value={undefined}>{cells}</FieldOwner.Provider>
            )}
            {problems
              .filter((problem) => problem.path === at)
              .map(({ text }) => (
                <p key={text} class="error">
                  {text}
                </p>
              ))}
            <button
              type="button"
              class="text remove"
              title={t("edit.removeRow", { number: i + 1 })}
              aria-label={t("edit.removeRow", { number: i + 1 })}
              onClick={() => change(rows.filter((_, j) => j !== i))}
            >
              ✕
            </button>
          </div>
        );
      })}
      <button
        type="button"
        class="text"
        onClick={() => change([...rows.filter((row) => !isEmptyPart(type, row)), valuesOf(type)])}
      >
        + {findText(`edit.add.${type}`) ?? t("edit.addRow")}
      </button>
    </div>
  );
}
