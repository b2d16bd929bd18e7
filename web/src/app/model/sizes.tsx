import { useState } from "preact/hooks";
import { bytes, count } from "../format";
import { t } from "../text";
import type { Size } from "./document";

const MEMORIES = [8, 12, 16, 24, 48, 80];
const PRECISIONS = ["fp16", "int8", "int4"] as const;

/** The sizes with the memory that their weights take, and whether that fits a GPU. */
export function Sizes({ sizes, license }: { sizes: readonly Size[]; license?: string }) {
  const [memory, setMemory] = useState(24);
  const active = sizes.some(({ activeParameters }) => activeParameters !== null);
  const licensed = sizes.some((size) => size.license && size.license.slug !== license);
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
      <div class="scroll" tabIndex={0} role="region" aria-label={t("model.sizes")}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{t("sizes.size")}</th>
              <th scope="col">{t("sizes.fits", { memory })}</th>
              <th scope="col" class="number">
                {t("sizes.parameters")}
              </th>
              {active && (
                <th scope="col" class="number">
                  {t("sizes.active")}
                </th>
              )}
              <th scope="col" class="number">
                {t("sizes.tokens")}
              </th>
              <th scope="col" class="number">
                {t("sizes.ratio")}
              </th>
              {PRECISIONS.map((precision) => (
                <th key={precision} scope="col" class="number">
                  {precision.toUpperCase()}
                </th>
              ))}
              {licensed && <th scope="col">{t("model.license")}</th>}
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
                <td class="number">{count(size.parameters)}</td>
                {active && (
                  <td class="number">{size.activeParameters === null ? "–" : count(size.activeParameters)}</td>
                )}
                <td class="number">{size.trainingTokens === null ? "–" : count(size.trainingTokens)}</td>
                <td class="number">{size.tokensPerParameter === null ? "–" : Math.round(size.tokensPerParameter)}</td>
                {PRECISIONS.map((precision) => (
                  <td key={precision} class={Number(size[precision]) <= memory * 1e9 ? "number fits" : "number"}>
                    {bytes(size[precision])}
                  </td>
                ))}
                {licensed && (
                  <td>{size.license && <a href={`/licenses/${size.license.slug}`}>{size.license.name}</a>}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="unit">{t("sizes.note")}</p>
    </>
  );
}

/** The most exact precision at which the weights fit. */
function Fits({ size, memory }: { size: Size; memory: number }) {
  const precision = PRECISIONS.find((precision) => Number(size[precision]) <= memory * 1e9);
  return precision ? (
    <span class="use allowed">
      <span class="sign" aria-hidden="true">
        ✓
      </span>
      {t("sizes.at", { precision: precision.toUpperCase() })}
    </span>
  ) : (
    <span class="use prohibited">
      <span class="sign" aria-hidden="true">
        ✕
      </span>
      {t("sizes.no")}
    </span>
  );
}
