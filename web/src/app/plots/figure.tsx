import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatInteger } from "../format";
import { t } from "../i18n";
import { csv, savePng, saveText, svgDocument } from "./save";
import type { Colors } from "./theme";

/** The data of a chart as a table. */
export type Table = {
  head: string[];
  rows: (string | number)[][];
  /** The address that the first cell of each row links to. */
  links?: string[];
  /** The number of all rows. */
  total: number;
};

type Props = {
  name: string;
  title: string;
  height: number;
  width: number;
  colors: Colors;
  empty?: boolean;
  /** Draws the chart as SVG; `whole` with what is drawn on a canvas in the page. */
  draw: (whole: boolean) => string;
  table: (most: number) => Table;
  maxTable?: number;
  /** The address of all data as CSV; without one the table is saved. */
  csvAddress?: string;
  embed: string;
  note?: string;
  legend?: ComponentChildren;
  tools?: ComponentChildren;
  children?: ComponentChildren;
};

/** A chart with its title, legend, table, and ways to take it along. Its height is known before its data. */
export function Figure(props: Props) {
  const { name, title, height, width, colors, empty, draw, table, maxTable = 1000, csvAddress, embed } = props;
  // On a page of others the chart is all there is.
  const Heading = document.body.dataset.embed === undefined ? "h2" : "h1";
  const drawing = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const content = empty || !width ? "" : draw(false);
  useLayoutEffect(() => {
    if (drawing.current) drawing.current.style.height = `${height}px`;
  }, [height]);
  const svg = () => svgDocument(draw(true), width, height, colors.paper, colors.font);
  const shown = open ? table(maxTable) : undefined;
  const file = `${name}-${new Date().toISOString().slice(0, 10)}`;
  return (
    <figure class="plot" aria-labelledby={`plot-${name}`}>
      <figcaption>
        <Heading id={`plot-${name}`}>{title}</Heading>
        <span class="zoom">{!empty && props.tools}</span>
      </figcaption>
      <div ref={drawing} class={`drawing ${name}`}>
        {empty ? (
          <p class="empty">{t("plots.none")}</p>
        ) : (
          <>
            <svg
              width={width}
              height={height}
              viewBox={`0 0 ${width} ${height}`}
              role="img"
              aria-label={`${title}. ${t("plots.tableBelow")}`}
              dangerouslySetInnerHTML={{ __html: content }}
            />
            {props.children}
          </>
        )}
      </div>
      <div class="key">{props.legend}</div>
      <p class="unit">{props.note ?? "\u00a0"}</p>
      <div class="take">
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t("plots.asTable")}</summary>
          {shown && (
            <div class="scroll" tabIndex={0} role="region" aria-label={`${title}: ${t("plots.asTable")}`}>
              <table>
                <thead>
                  <tr>
                    {shown.head.map((text) => (
                      <th key={text} scope="col">
                        {text}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {shown.rows.map((cells, i) => (
                    <tr key={i}>
                      {cells.map((cell, j) => {
                        const text = typeof cell === "number" ? formatInteger(cell) : cell;
                        const link = j === 0 && shown.links?.[i];
                        return j === 0 ? (
                          <th key={j} scope="row">
                            {link ? <a href={link}>{text}</a> : text}
                          </th>
                        ) : (
                          <td key={j}>{text}</td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
              {shown.total > shown.rows.length && (
                <p class="unit">
                  {t("plots.tablePart", {
                    count: formatInteger(shown.rows.length),
                    total: formatInteger(shown.total),
                  })}
                </p>
              )}
            </div>
          )}
        </details>
        <details>
          <summary>{t("plots.take")}</summary>
          <p class="actions">
            <button
              type="button"
              onClick={() => saveText(svg(), `${file}.svg`, "image/svg+xml")}
              aria-label={t("plots.save", { title, format: "SVG" })}
            >
              SVG
            </button>
            <button
              type="button"
              onClick={() => void savePng(svg(), width, height, `${file}.png`)}
              aria-label={t("plots.save", { title, format: "PNG" })}
            >
              PNG
            </button>
            {csvAddress ? (
              <a class="button" href={csvAddress} download aria-label={t("plots.save", { title, format: "CSV" })}>
                CSV
              </a>
            ) : (
              <button
                type="button"
                onClick={() => {
                  const { head, rows } = table(Infinity);
                  saveText(csv([head, ...rows]), `${file}.csv`, "text/csv");
                }}
                aria-label={t("plots.save", { title, format: "CSV" })}
              >
                CSV
              </button>
            )}
          </p>
          <label class="embed">
            {t("plots.embed")}
            <input readOnly value={embed} onFocus={(event) => event.currentTarget.select()} />
          </label>
        </details>
      </div>
    </figure>
  );
}
