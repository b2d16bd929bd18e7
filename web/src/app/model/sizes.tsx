import { useState } from "preact/hooks";
import { type FactField, factField, type FactName, type FieldName, otherFacts } from "../fields";
import { formatBytes } from "../format";
import { t } from "../i18n";
import { showFact } from "../ui/fact";
import type { Size } from "./document";

/** GPU memory to choose from, in GB. */
const MEMORIES = [8, 12, 16, 24, 48, 80];
const PRECISIONS = ["fp16", "int8", "int4"] as const;

type Column = FactField & { name: FactName<"ModelSize"> };
/** Facts with a column in a fixed place. A column of any other fact is added at the end. */
const COLUMNS: readonly FactName<"ModelSize">[] = ["parameters", "activeParameters", "trainingTokens"];
const PLACED: readonly FieldName<"ModelSize">[] = ["label", "license", ...COLUMNS];
/** Columns that are shown even where no size has a value. */
const ALWAYS_SHOWN: readonly FactName<"ModelSize">[] = ["parameters", "trainingTokens"];

/** The sizes with the memory that their weights need, and whether that fits a GPU. */
export function Sizes({ sizes, license }: { sizes: readonly Size[]; license?: string }) {
  const [memory, setMemory] = useState(24);
  const licensed = sizes.some((size) => size.license && size.license.slug !== license);
  // A fact that sizes inherit from the model is shown if one of them states another.
  const isShown = ({ name, stated }: Column) =>
    ALWAYS_SHOWN.includes(name) ||
    sizes.some((size) => {
      const value = size[(stated ?? name) as keyof Size];
      return value !== null && !(name === "parametersBasis" && value === "LABEL");
    });
  const columns = COLUMNS.map((name) => factField("ModelSize", name)).filter(isShown);
  const others = otherFacts("ModelSize", PLACED).filter(isShown);
  return (
    <>
      <fieldset class="choice">
        <legend>{t("sizes.gpu")}</legend>
        {MEMORIES.map((choice) => (
          <label key={choice}>
            <input type="radio" name="memory" checked={memory === choice} onChange={() => setMemory(choice)} />
            <span>{choice} GB</span>
          </label>
        ))}
      </fieldset>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("fact.Model.sizes")}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{t("fact.ModelSize.label")}</th>
              <th scope="col">{t("sizes.fits", { memory })}</th>
              {columns.map(heading)}
              <th scope="col" class="number">
                {t("sizes.ratio")}
              </th>
              {PRECISIONS.map((precision) => (
                <th key={precision} scope="col" class="number">
                  {precision.toUpperCase()}
                </th>
              ))}
              {licensed && <th scope="col">{t("fact.ModelSize.license")}</th>}
              {others.map(heading)}
            </tr>
          </thead>
          <tbody>
            {sizes.map((size) => (
              <tr key={size.id}>
                <th scope="row">
                  <span class="chip">{size.label}</span>
                </th>
                <td>
                  <Fits size={size} memory={memory} />
                </td>
                {columns.map((column) => cell(column, size))}
                <td class="number">{size.tokensPerParameter === null ? "–" : Math.round(size.tokensPerParameter)}</td>
                {PRECISIONS.map((precision) => (
                  <td key={precision} class={Number(size[precision]) <= memory * 1e9 ? "number fits" : "number"}>
                    {formatBytes(size[precision])}
                  </td>
                ))}
                {licensed && (
                  <td>{size.license && <a href={`/licenses/${size.license.slug}`}>{size.license.name}</a>}</td>
                )}
                {others.map((column) => cell(column, size))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="unit">{t("sizes.note")}</p>
    </>
  );
}

function heading(column: Column) {
  return (
    <th key={column.name} scope="col" class={alignment(column)}>
      {t(column.label)}
    </th>
  );
}

function cell(column: Column, size: Size) {
  return (
    <td key={column.name} class={alignment(column)}>
      {showFact(column, size[column.name]) || "–"}
    </td>
  );
}

function alignment({ kind }: Column): string | undefined {
  return kind === "amount" || kind === "number" ? "number" : undefined;
}

/** The most exact precision at which the weights fit. */
function Fits({ size, memory }: { size: Size; memory: number }) {
  const precision = PRECISIONS.find((precision) => Number(size[precision]) <= memory * 1e9);
  return (
    <span class={precision ? "use allowed" : "use prohibited"}>
      <span class="sign" aria-hidden="true">
        {precision ? "✓" : "✕"}
      </span>
      {precision ? t("sizes.at", { precision: precision.toUpperCase() }) : t("sizes.no")}
    </span>
  );
}
