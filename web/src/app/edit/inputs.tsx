import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useQuery } from "../api/use-query";
import { type FactField, type Field, fieldsOf, type FieldsType, isFact, type SubjectType } from "../fields";
import { enumText, findText, t } from "../i18n";
import { findDocument, type Reference } from "./documents";
import { DERIVED_CHOICES, EMPTY_OPTIONS, HINTS } from "./form-fields";
import { type Texts, type Values, valuesOf } from "./values";

type Props = { field: Field; value: unknown; problem?: string; change: (value: unknown) => void };

/** The inputs of a field, with its label before and its hint or problem after them. */
export function FieldInput({ field, value, problem, change }: Props) {
  const id = useId();
  const hint = HINTS[field.label];
  const after = (
    <span id={`${id}-about`} class={problem ? "error" : "hint"} role={problem ? "alert" : undefined}>
      {problem ?? (hint && t(hint))}
    </span>
  );
  if (isFact(field) && field.kind !== "choices") {
    const about = { id, "aria-invalid": !!problem, "aria-describedby": `${id}-about` };
    return (
      <div class="field" data-field={field.name}>
        <label for={id}>{t(field.label)}</label>
        <FactInput field={field} value={value} change={change} about={about} />
        {after}
      </div>
    );
  }
  return (
    <fieldset class="field" data-field={field.name}>
      <legend>{t(field.label)}</legend>
      <GroupInput field={field} value={value} change={change} />
      {after}
    </fieldset>
  );
}

/** The input of the reason of a change. */
export function ReasonInput({ reason, change }: { reason: string; change: (reason: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t("edit.reason")}</label>
      <input id={id} value={reason} maxLength={500} onInput={(event) => change(event.currentTarget.value)} />
      <span class="hint">{t("edit.reason.hint")}</span>
    </div>
  );
}

type About = { id: string; "aria-invalid": boolean; "aria-describedby": string };
type FactInputProps = { field: FactField; value: unknown; change: (value: unknown) => void; about?: About };

/** The input of a fact. `about`: attributes for an input with a label and a hint of its own. */
function FactInput({ field, value, change, about }: FactInputProps) {
  switch (field.kind) {
    case "choice": {
      const empty = EMPTY_OPTIONS[field.label] ?? "unknown";
      return (
        <select {...about} value={String(value)} onChange={(event) => change(event.currentTarget.value)}>
          {!field.required && <option value="">{t(empty)}</option>}
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
    case "date":
      return (
        <input
          {...about}
          type="text"
          value={String(value)}
          pattern="\d{4}(-\d{2}){0,2}"
          placeholder={about && "2023-07-18, 2023-07, 2023"}
          onInput={(event) => change(event.currentTarget.value)}
        />
      );
    case "choices":
      return <Choices values={field.values} of={field.of} chosen={value as string[]} change={change} />;
    default:
      return (
        <input
          {...about}
          type="text"
          value={String(value)}
          required={!!about && field.required}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          placeholder={about && field.kind === "amount" ? "1.5T" : undefined}
          onInput={(event) => change(event.currentTarget.value)}
        />
      );
  }
}

type ChoicesProps = { values: readonly string[]; of: string; chosen: string[]; change: (chosen: string[]) => void };

function Choices({ values, of, chosen, change }: ChoicesProps) {
  return (
    <>
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
    </>
  );
}

/** The inputs of a field with several inputs or a picker. */
function GroupInput({ field, value, change }: Omit<Props, "problem">): ComponentChildren {
  switch (field.kind) {
    case "localized": {
      const texts = value as Texts;
      return (["en", "zh"] as const).map((language) => (
        <label key={language} class="sub">
          <span>{language === "zh" ? "中文" : "English"}</span>
          <textarea
            rows={2}
            lang={language === "zh" ? "zh-Hans" : "en"}
            value={texts[language]}
            onInput={(event) => change({ ...texts, [language]: event.currentTarget.value })}
          />
        </label>
      ));
    }
    case "part":
      return (
        <div class="rows">
          <div>
            <Cells type={field.of} values={value as Values} change={change} />
          </div>
        </div>
      );
    case "parts":
      return <Rows type={field.of} rows={value as Values[]} change={change} />;
    case "reference": {
      const reference = value as Reference | null;
      return (
        <Picker
          type={field.of}
          creatable={field.creatable}
          value={reference ? [reference] : []}
          change={(picked) => change(picked.at(-1) ?? null)}
          label={t(field.label)}
        />
      );
    }
    case "references":
      return (
        <Picker
          type={field.of}
          creatable={field.creatable}
          value={value as Reference[]}
          change={change}
          label={t(field.label)}
        />
      );
    default:
      return <FactInput field={field} value={value} change={change} />;
  }
}

/** The inputs for the facts of a part and of the parts in it, in one row. Its other fields keep their values. */
function Cells({ type, values, change }: { type: FieldsType; values: Values; change: (values: Values) => void }) {
  return (
    <>
      {fieldsOf(type).map((field) => {
        const value = values[field.name];
        const set = (value: unknown) => change({ ...values, [field.name]: value });
        if (field.kind === "part")
          return <Cells key={field.name} type={field.of} values={value as Values} change={set} />;
        return (
          isFact(field) && (
            <label key={field.name} class="sub">
              <span>{t(field.label)}</span>
              <FactInput field={field} value={value} change={set} />
            </label>
          )
        );
      })}
    </>
  );
}

function Rows({ type, rows, change }: { type: FieldsType; rows: Values[]; change: (rows: Values[]) => void }) {
  return (
    <div class="rows">
      {rows.map((row, i) => (
        <div key={i}>
          <Cells
            type={type}
            values={row}
            change={(changed) => change(rows.map((other, j) => (j === i ? changed : other)))}
          />
          <button
            type="button"
            class="text"
            aria-label={t("edit.removeRow", { number: i + 1 })}
            onClick={() => change(rows.filter((_, j) => j !== i))}
          >
            ✕
          </button>
        </div>
      ))}
      <button type="button" class="text" onClick={() => change([...rows, valuesOf(type)])}>
        + {findText(`edit.add.${type}`) ?? t("edit.addRow")}
      </button>
    </div>
  );
}

type PickerProps = {
  type: SubjectType;
  creatable: boolean;
  value: Reference[];
  label: string;
  change: (value: Reference[]) => void;
};

/** Picks subjects by name. Where a name is enough to create one, a new name can be picked too. */
function Picker({ type, creatable, value, label, change }: PickerProps) {
  const [typed, setTyped] = useState("");
  const search = typed.trim();
  const { data } = useQuery(findDocument(type), { search }, { skip: search === "", hidden: true, sticky: true });
  const found = search ? (data?.found.nodes ?? []) : [];
  const exists = found.some(({ name }) => name.toLowerCase() === search.toLowerCase());
  const pick = (reference: Reference) => {
    setTyped("");
    change([...value.filter(({ slug }) => !slug || slug !== reference.slug), reference]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing || !search) return;
    // Enter picks the first result and does not submit the form.
    event.preventDefault();
    const [first] = found;
    if (first) pick(first);
    else if (creatable && data) pick({ name: search });
  };
  return (
    <div class="picker">
      {value.map((reference, i) => (
        <span key={reference.slug ?? reference.name} class={reference.slug ? "chip" : "chip new"}>
          {reference.name}
          <button
            type="button"
            class="text"
            aria-label={t("edit.remove", { name: reference.name })}
            onClick={() => change(value.filter((_, j) => j !== i))}
          >
            ✕
          </button>
        </span>
      ))}
      <div class="finder">
        <input
          type="search"
          value={typed}
          aria-label={t("edit.find", { name: label })}
          placeholder={t("filters.find")}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {search && (
          <ul>
            {found.map(({ slug, name }) => (
              <li key={slug}>
                <button type="button" onClick={() => pick({ slug, name })}>
                  {name}
                </button>
              </li>
            ))}
            {creatable && !exists && (
              <li>
                <button type="button" onClick={() => pick({ name: search })}>
                  {t("edit.createNamed", { name: search })}
                </button>
              </li>
            )}
            {!creatable && found.length === 0 && <li class="unit">{t("subject.none")}</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
