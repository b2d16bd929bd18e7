import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { graphql } from "../api/graphql";
import { useQuery } from "../api/use-query";
import { t, word } from "../text";
import { type Field, LINK_KINDS, type Named, type Noun, UNITS } from "./nouns";
import type { LinkRow, SizeRow } from "./values";

type Props = { field: Field; value: unknown; problem?: string; change: (value: unknown) => void };

/** The inputs of a field, with its name before and its problem behind them. */
export function Input({ field, value, problem, change }: Props) {
  const id = useId();
  const group = ["localized", "links", "sizes", "scale", "one", "many"].includes(field.kind);
  const about = { id, "aria-invalid": !!problem, "aria-describedby": `${id}-about` };
  const inputs = inputsOf({ field, value, change, about });
  const after = (
    <span id={`${id}-about`} class={problem ? "error" : "hint"} role={problem ? "alert" : undefined}>
      {problem ?? (field.hint && t(field.hint))}
    </span>
  );
  return group ? (
    <fieldset class="field" data-field={field.name}>
      <legend>{t(field.label)}</legend>
      {inputs}
      {after}
    </fieldset>
  ) : (
    <div class="field" data-field={field.name}>
      <label for={id}>{t(field.label)}</label>
      {inputs}
      {after}
    </div>
  );
}

type About = { id: string; "aria-invalid": boolean; "aria-describedby": string };

function inputsOf({ field, value, change, about }: Omit<Props, "problem"> & { about: About }): ComponentChildren {
  switch (field.kind) {
    case "choice":
      return (
        <select {...about} value={value as string} onChange={(event) => change(event.currentTarget.value)}>
          {field.none && <option value="">{t(field.none)}</option>}
          {field.values.map((choice) => (
            <option key={choice} value={choice}>
              {word(field.of, choice)}
            </option>
          ))}
        </select>
      );
    case "localized": {
      const texts = value as { zh: string; en: string };
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
    case "scale": {
      const scale = value as { text: string; amount: string; unit: string };
      return (
        <div class="rows">
          <div>
            <Cell name={t("edit.scaleText")} value={scale.text} change={(text) => change({ ...scale, text })} />
            <Cell name={t("edit.amount")} value={scale.amount} change={(amount) => change({ ...scale, amount })} />
            <Choice
              name={t("edit.unit")}
              of="unit"
              values={UNITS}
              value={scale.unit}
              change={(unit) => change({ ...scale, unit })}
            />
          </div>
        </div>
      );
    }
    case "links":
      return (
        <Rows<LinkRow>
          rows={value as LinkRow[]}
          change={change}
          fresh={{ kind: "DETAILS", title: "", url: "" }}
          add={t("edit.addLink")}
          cells={(row, set) => (
            <>
              <Choice
                name={t("edit.linkKind")}
                of="link"
                values={LINK_KINDS}
                value={row.kind}
                change={(kind) => set({ ...row, kind })}
              />
              <Cell name={t("edit.linkUrl")} value={row.url} change={(url) => set({ ...row, url })} />
              <Cell name={t("edit.linkTitle")} value={row.title} change={(title) => set({ ...row, title })} />
            </>
          )}
        />
      );
    case "sizes":
      return (
        <Rows<SizeRow>
          rows={value as SizeRow[]}
          change={change}
          fresh={{ label: "", parameters: "", activeParameters: "", trainingTokens: "", license: "" }}
          add={t("edit.addSize")}
          cells={(row, set) => (
            <>
              <Cell name={t("sizes.size")} value={row.label} change={(label) => set({ ...row, label })} />
              <Cell
                name={t("sizes.parameters")}
                value={row.parameters}
                change={(parameters) => set({ ...row, parameters })}
              />
              <Cell
                name={t("sizes.active")}
                value={row.activeParameters}
                change={(activeParameters) => set({ ...row, activeParameters })}
              />
              <Cell
                name={t("sizes.tokens")}
                value={row.trainingTokens}
                change={(trainingTokens) => set({ ...row, trainingTokens })}
              />
            </>
          )}
        />
      );
    case "date":
      return (
        <input {...about} type="date" value={value as string} onInput={(event) => change(event.currentTarget.value)} />
      );
    case "one": {
      const named = value as Named | null;
      return (
        <Picker
          noun={field.noun}
          create={field.create}
          value={named ? [named] : []}
          change={(picked) => change(picked.at(-1) ?? null)}
          label={t(field.label)}
        />
      );
    }
    case "many":
      return (
        <Picker
          noun={field.noun}
          create={field.create}
          value={value as Named[]}
          change={change}
          label={t(field.label)}
        />
      );
    default:
      return (
        <input
          {...about}
          type="text"
          value={value as string}
          required={field.required}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          placeholder={field.kind === "amount" ? "1.5T" : undefined}
          onInput={(event) => change(event.currentTarget.value)}
        />
      );
  }
}

function Cell({ name, value, change }: { name: string; value: string; change: (value: string) => void }) {
  return (
    <label class="sub">
      <span>{name}</span>
      <input type="text" value={value} onInput={(event) => change(event.currentTarget.value)} />
    </label>
  );
}

function Choice({
  name,
  of,
  values,
  value,
  change,
}: {
  name: string;
  of: string;
  values: string[];
  value: string;
  change: (value: string) => void;
}) {
  return (
    <label class="sub">
      <span>{name}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {values.map((choice) => (
          <option key={choice} value={choice}>
            {word(of, choice)}
          </option>
        ))}
      </select>
    </label>
  );
}

type RowsProps<Row> = {
  rows: Row[];
  fresh: Row;
  add: string;
  change: (rows: Row[]) => void;
  cells: (row: Row, set: (row: Row) => void) => ComponentChildren;
};

function Rows<Row>({ rows, fresh, add, change, cells }: RowsProps<Row>) {
  return (
    <div class="rows">
      {rows.map((row, i) => (
        <div key={i}>
          {cells(row, (changed) => change(rows.map((other, j) => (j === i ? changed : other))))}
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
      <button type="button" class="text" onClick={() => change([...rows, fresh])}>
        + {add}
      </button>
    </div>
  );
}

const pickDocuments = {
  model: graphql(
    `query PickModel($search: String!) { found: models(first: 6, search: $search) { nodes { slug name } } }`,
  ),
  dataset: graphql(
    `query PickDataset($search: String!) { found: datasets(first: 6, search: $search) { nodes { slug name } } }`,
  ),
  license: graphql(
    `query PickLicense($search: String!) { found: licenses(first: 6, search: $search) { nodes { slug name } } }`,
  ),
  organization: graphql(
    `query PickOrganization($search: String!) { found: organizations(first: 6, search: $search) { nodes { slug name } } }`,
  ),
  architecture: graphql(
    `query PickArchitecture($search: String!) { found: architectures(first: 6, search: $search) { nodes { slug name } } }`,
  ),
};

type PickerProps = { noun: Noun; create: boolean; value: Named[]; label: string; change: (value: Named[]) => void };

/** Picks subjects by name, or names new ones. */
function Picker({ noun, create, value, label, change }: PickerProps) {
  const [typed, setTyped] = useState("");
  const search = typed.trim();
  // The documents differ by the noun alone.
  const document = pickDocuments[noun] as typeof pickDocuments.model;
  const { data } = useQuery(document, { search }, { skip: search === "", hidden: true, sticky: true });
  const found = search ? (data?.found.nodes ?? []) : [];
  const known = found.some(({ name }) => name.toLowerCase() === search.toLowerCase());
  const pick = (named: Named) => {
    setTyped("");
    change([...value.filter(({ slug }) => !slug || slug !== named.slug), named]);
  };
  return (
    <div class="picker">
      {value.map((named, i) => (
        <span key={named.slug ?? named.name} class={named.slug ? "chip" : "chip new"}>
          {named.name}
          <button
            type="button"
            class="text"
            aria-label={t("edit.remove", { name: named.name })}
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
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing || !search) return;
            // It takes the first that was found, and sends nothing yet.
            event.preventDefault();
            const [first] = found;
            if (first) pick(first);
            else if (create && data) pick({ name: search });
          }}
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
            {create && !known && (
              <li>
                <button type="button" onClick={() => pick({ name: search })}>
                  {t("edit.createNamed", { name: search })}
                </button>
              </li>
            )}
            {!create && found.length === 0 && <li class="unit">{t("catalog.none")}</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
