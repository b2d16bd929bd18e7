import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { count } from "../format";
import { go } from "../router";
import { type Key, t, word } from "../text";
import { Links } from "../ui/links";
import { Use } from "../ui/use";
import { isChosen, toggleChosen } from "../compare/chosen";
import type { ModelRow } from "./models-document";
import type { Models } from "./use-models";
import { useWindowRows } from "./use-window";
import { ORDERS, type View, writeView } from "./view";

/** Rows beyond the window that are asked for ahead. */
const AHEAD = 120;
const MOST_CHIPS = 3;

/** The models of a view as a table, of which only the rows near the window are in the document. */
export function Table({ view, models, total }: { view: View; models: Models; total?: number }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 64 });
  useLayoutEffect(() => {
    const measure = () => {
      const element = body.current;
      const row = element?.querySelector(".row");
      if (!element || !row) return;
      const top = Math.round(element.getBoundingClientRect().top + scrollY);
      const height = row.getBoundingClientRect().height;
      setPlace((known) => (known.top === top && known.height === height ? known : { top, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [models.rows.length > 0]);

  const window = useWindowRows(models.rows.length, place.height, place.top);
  const items = window.getVirtualItems();
  const [start, end] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  useLayoutEffect(() => {
    if (end + AHEAD > models.rows.length) models.loadMore();
  });

  return (
    <table
      class="models"
      role="table"
      aria-rowcount={(total ?? -1) + 1}
      aria-busy={!models.fresh}
      aria-label={t("catalog.table")}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          <th role="columnheader" class="choose">
            <span class="hidden">{t("compare.choose")}</span>
          </th>
          <Head view={view} order="name">
            {t("model.name")}
          </Head>
          <th role="columnheader" class="maker">
            {t("model.maker")}
          </th>
          <Head view={view} order="size" first="-">
            {t("model.sizes")}
          </Head>
          <Head view={view} order="tokens" first="-">
            {t("model.data")}
          </Head>
          <th role="columnheader" class="license">
            {t("model.license")}
          </th>
          <Head view={view} order="released" first="-">
            {t("model.released")}
          </Head>
          <th role="columnheader" class="links">
            {t("model.links")}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        <Gap height={start * place.height} />
        {models.rows.slice(start, end).map((row, i) => (
          <Row key={row.slug} row={row} index={start + i} />
        ))}
        <Gap height={(models.rows.length - end) * place.height} />
      </tbody>
    </table>
  );
}

/** Stands for the rows that are not in the document. */
function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr role="presentation" class="gap">
      <td role="presentation" style={{ height: `${height}px` }} />
    </tr>
  ) : null;
}

type Order = keyof typeof ORDERS;

function Head({
  view,
  order,
  first = "",
  children,
}: {
  view: View;
  order: Order;
  first?: "" | "-";
  children: ComponentChildren;
}) {
  const second = first === "-" ? "" : "-";
  const now = view.sort === first + order ? first : view.sort === second + order ? second : undefined;
  const next = now === undefined ? first + order : now === first ? second + order : "";
  const sorted = now === undefined ? undefined : now === "-" ? "descending" : "ascending";
  return (
    <th role="columnheader" class={order} aria-sort={sorted}>
      <button type="button" onClick={() => go(`/${writeView({ ...view, sort: next })}`, { stay: true })}>
        {children}
        <span aria-hidden="true" class="arrow">
          {now === undefined ? "↕" : now === "-" ? "↓" : "↑"}
        </span>
      </button>
    </th>
  );
}

function Row({ row, index }: { row: ModelRow; index: number }) {
  const chosen = isChosen(row.slug);
  const more = row.sizes.length - MOST_CHIPS;
  return (
    <tr role="row" class="row" aria-rowindex={index + 2}>
      <td role="cell" class="choose">
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t("compare.add", { name: row.name })}
          onChange={() => toggleChosen(row.slug)}
        />
      </td>
      <th role="rowheader" scope="row" class="name">
        <a href={`/models/${row.slug}`}>{row.name}</a>
        <small>
          {row.kind === "DERIVED" && <span class="kind">{word("kind", row.kind)}</span>}
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
        {row.sizes.slice(0, MOST_CHIPS).map(({ label }) => (
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
        <Use value={row.commercialUse} />
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
        {count(maxTrainingTokens)} <span class="unit">{t("unit.tokens" satisfies Key)}</span>
      </>
    );
  }
  return dataScale && <>{dataScale.text}</>;
}
