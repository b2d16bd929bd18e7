import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatAmount } from "../format";
import { navigate } from "../router";
import { t, enumText } from "../i18n";
import { Links } from "../ui/links";
import { CommercialUse } from "../ui/commercial-use";
import { isSelected, toggleSelected } from "../compare/selection";
import type { ModelRow } from "./models-document";
import type { Models } from "./use-models";
import { useVirtualRows } from "./use-virtual-rows";
import { SORT_FIELDS, type CatalogParams, writeParams } from "./params";

/** Rows below the window that are loaded in advance. */
const PREFETCH_ROWS = 120;
const MAX_CHIPS = 3;

/** The table of models. Only the rows near the window are in the document. */
export function Table({ params, models, total }: { params: CatalogParams; models: Models; total?: number }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [layout, setLayout] = useState({ top: 0, height: 64 });
  useLayoutEffect(() => {
    const measure = () => {
      const element = body.current;
      const row = element?.querySelector(".row");
      if (!element || !row) return;
      const top = Math.round(element.getBoundingClientRect().top + scrollY);
      const height = row.getBoundingClientRect().height;
      setLayout((known) => (known.top === top && known.height === height ? known : { top, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [models.rows.length > 0]);

  const window = useVirtualRows(models.rows.length, layout.height, layout.top);
  const items = window.getVirtualItems();
  const [start, end] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  useLayoutEffect(() => {
    if (end + PREFETCH_ROWS > models.rows.length) models.loadMore();
  });

  return (
    <table
      class="models"
      role="table"
      aria-rowcount={(total ?? -1) + 1}
      aria-busy={!models.current}
      aria-label={t("catalog.table")}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          <th role="columnheader" class="choose">
            <span class="hidden">{t("compare.choose")}</span>
          </th>
          <SortableHeader params={params} order="name">
            {t("fact.Model.name")}
          </SortableHeader>
          <th role="columnheader" class="maker">
            {t("fact.Model.organizations")}
          </th>
          <SortableHeader params={params} order="size" first="-">
            {t("fact.Model.sizes")}
          </SortableHeader>
          <SortableHeader params={params} order="tokens" first="-">
            {t("fact.Model.dataScale")}
          </SortableHeader>
          <th role="columnheader" class="license">
            {t("fact.Model.license")}
          </th>
          <SortableHeader params={params} order="released" first="-">
            {t("fact.Model.releaseDate")}
          </SortableHeader>
          <th role="columnheader" class="links">
            {t("fact.Model.links")}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        <Gap height={start * layout.height} />
        {models.rows.slice(start, end).map((row, i) => (
          <Row key={row.slug} row={row} index={start + i} />
        ))}
        <Gap height={(models.rows.length - end) * layout.height} />
      </tbody>
    </table>
  );
}

/** Takes the height of rows that are not in the document. */
function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr role="presentation" class="gap">
      <td role="presentation" style={{ height: `${height}px` }} />
    </tr>
  ) : null;
}

type Order = keyof typeof SORT_FIELDS;

function SortableHeader({
  params,
  order,
  first = "",
  children,
}: {
  params: CatalogParams;
  order: Order;
  first?: "" | "-";
  children: ComponentChildren;
}) {
  const second = first === "-" ? "" : "-";
  const current = params.sort === first + order ? first : params.sort === second + order ? second : undefined;
  const next = current === undefined ? first + order : current === first ? second + order : "";
  const sorted = current === undefined ? undefined : current === "-" ? "descending" : "ascending";
  return (
    <th role="columnheader" class={order} aria-sort={sorted}>
      <button
        type="button"
        onClick={() => navigate(`/${writeParams({ ...params, sort: next })}`, { keepScroll: true })}
      >
        {children}
        <span aria-hidden="true" class="arrow">
          {current === undefined ? "↕" : current === "-" ? "↓" : "↑"}
        </span>
      </button>
    </th>
  );
}

function Row({ row, index }: { row: ModelRow; index: number }) {
  const chosen = isSelected(row.slug);
  const more = row.sizes.length - MAX_CHIPS;
  return (
    <tr role="row" class="row" aria-rowindex={index + 2}>
      <td role="cell" class="choose">
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t("compare.add", { name: row.name })}
          onChange={() => toggleSelected(row.slug)}
        />
      </td>
      <th role="rowheader" scope="row" class="name">
        <a href={`/models/${row.slug}`}>{row.name}</a>
        <small>
          {row.kind === "DERIVED" && <span class="kind">{enumText("ModelKind", row.kind)}</span>}
          <span class="by">{row.organizations.map(({ name }) => name).join(t("list.comma"))} </span>
          {row.aliases.join(t("list.comma"))}
        </small>
      </th>
      <td role="cell" class="maker">
        {row.organizations.map(({ slug, name }, i) => (
          <span key={slug}>
            {i > 0 && t("list.comma")}
            <a href={`/organizations/${slug}`}>{name}</a>
          </span>
        ))}
      </td>
      <td role="cell" class="size">
        {row.sizes.slice(0, MAX_CHIPS).map(({ label }) => (
          <span key={label} class="chip">
            {label}
          </span>
        ))}
        {more > 0 && (
          <span class="more" title={row.sizes.map(({ label }) => label).join(", ")}>
            +{more}
          </span>
        )}
      </td>
      <td role="cell" class="tokens">
        <Data row={row} />
      </td>
      <td role="cell" class="license">
        <CommercialUse value={row.commercialUse} sizes={row.sizes} />
        {row.license && (
          <small>
            <a href={`/licenses/${row.license.slug}`}>{row.license.name}</a>
          </small>
        )}
      </td>
      <td role="cell" class="released">
        {row.releaseDate && <time dateTime={row.releaseDate}>{row.releaseDate}</time>}
      </td>
      <td role="cell" class="links">
        <Links links={row.links} of={row.name} />
      </td>
    </tr>
  );
}

function Data({ row: { maxTrainingTokens, dataScale } }: { row: ModelRow }) {
  if (maxTrainingTokens !== null) {
    return (
      <>
        {formatAmount(maxTrainingTokens)} <span class="unit">{t("unit.tokens")}</span>
      </>
    );
  }
  return dataScale && <>{dataScale.text}</>;
}
