import { useState } from "preact/hooks";
import type { ResultOf } from "../api/graphql";
import { count, whole } from "../format";
import { t, word } from "../text";
import { Problem } from "../ui/problem";
import { Use } from "../ui/use";
import type { facetsDocument } from "./facets-document";
import { Range, ticksBetween } from "./range";
import { conditions, type Group, mostParameters, NO_VIEW, PRECISIONS, USES, type View } from "./view";

type Facets = ResultOf<typeof facetsDocument>;
type Props = {
  view: View;
  facets?: Facets;
  stale?: boolean;
  error?: Error;
  retry?: () => void;
  change: (part: Partial<View>) => void;
};

const SIZES = ticksBetween(8, 12);
const TOKENS = ticksBetween(9, 13);
const MEMORIES = ["8", "12", "16", "24", "48", "80"];
const FEW = 6;
const MANY = 200;

/** What the models of the view can be narrowed down to, with how many there would be. */
export function Filters({ view, facets, stale, error, retry, change }: Props) {
  const set = conditions(view);
  const [open, setOpen] = useState(false);
  return (
    <aside class={open ? "filters open" : "filters"} aria-label={t("filters.title")}>
      <button type="button" class="fold" aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>
        {t("filters.title")}
        {set > 0 && <span class="badge">{set}</span>}
      </button>
      <div id="filters" class="fields" aria-busy={stale}>
        <p class="clear">
          <strong aria-hidden="true">{t("filters.title")}</strong>
          {set > 0 && (
            <button type="button" class="text" onClick={() => change({ ...NO_VIEW, q: view.q, sort: view.sort })}>
              {t("filters.clear")}
            </button>
          )}
        </p>
        {error && <Problem error={error} retry={retry} />}
        <Facet group="use" name={t("filters.use")} {...{ view, facets, change }} />
        <Memory view={view} change={change} />
        <Range
          name={t("filters.size")}
          ticks={SIZES}
          min={view.minSize}
          max={view.maxSize}
          bars={facets?.size.facets.values ?? []}
          onChange={(minSize, maxSize) => change({ minSize, maxSize })}
        />
        <Range
          name={t("filters.tokens")}
          ticks={TOKENS}
          min={view.minTokens}
          max={view.maxTokens}
          bars={facets?.tokens.facets.values ?? []}
          onChange={(minTokens, maxTokens) => change({ minTokens, maxTokens })}
        />
        <Facet group="kind" name={t("filters.kind")} {...{ view, facets, change }} />
        <Facet group="license" name={t("filters.license")} {...{ view, facets, change }} />
        <Facet group="maker" name={t("filters.maker")} {...{ view, facets, change }} />
        <Facet group="year" name={t("filters.year")} {...{ view, facets, change }} />
      </div>
    </aside>
  );
}

function Facet({ group, name, view, facets, change }: Props & { group: Group; name: string }) {
  const [all, setAll] = useState(false);
  const [wanted, setWanted] = useState("");
  const chosen = view[group];
  const known = facets?.[group].facets.values ?? [];
  // What is chosen stays to be taken away, even where nothing has it.
  const absent = chosen.filter((value) => !known.some((facet) => facet.value === value));
  const values = [...known, ...absent.map((value) => ({ value, label: value, count: 0 }))];
  if (group === "use") values.sort((a, b) => USES.indexOf(a.value) - USES.indexOf(b.value));
  if (group === "year") values.sort((a, b) => Number(b.value) - Number(a.value));
  if (facets && values.length === 0) return null;
  const label = (value: string, label: string) => (group === "kind" ? word("kind", value) : label);
  const found = values.filter((facet) => facet.label.toLowerCase().includes(wanted.toLowerCase()));
  const shown = all ? found.slice(0, MANY) : values.filter((facet, i) => i < FEW || chosen.includes(facet.value));
  const toggle = (value: string) =>
    change({ [group]: chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value] });
  return (
    <fieldset class="facet">
      <legend>{name}</legend>
      {all && values.length > 20 && (
        <input
          type="search"
          class="find"
          value={wanted}
          placeholder={t("filters.find")}
          aria-label={t("filters.findIn", { name })}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {shown.map((facet) => (
        <label key={facet.value}>
          <input
            type="checkbox"
            name={group}
            value={facet.value}
            checked={chosen.includes(facet.value)}
            onChange={() => toggle(facet.value)}
          />
          <span class="value" title={facet.label}>
            {group === "use" ? <Use value={facet.value} /> : label(facet.value, facet.label)}
          </span>
          <span class="count">{whole(facet.count)}</span>
        </label>
      ))}
      {values.length > FEW && (
        <button type="button" class="text" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("filters.fewer") : t("filters.more", { count: whole(values.length - FEW) })}
        </button>
      )}
    </fieldset>
  );
}

/** Does it fit my GPU? */
function Memory({ view, change }: { view: View; change: Props["change"] }) {
  const precision = view.precision || "INT4";
  return (
    <fieldset class="memory">
      <legend>{t("filters.memory")}</legend>
      <div class="pair">
        <select
          aria-label={t("filters.memorySize")}
          value={view.memory}
          onChange={(event) => change({ memory: event.currentTarget.value })}
        >
          <option value="">{t("filters.anyMemory")}</option>
          {[...new Set([...MEMORIES, view.memory])].filter(Boolean).map((memory) => (
            <option key={memory} value={memory}>
              {memory} GB
            </option>
          ))}
        </select>
        <select
          aria-label={t("filters.precision")}
          value={precision}
          onChange={(event) => change({ precision: event.currentTarget.value })}
        >
          {Object.keys(PRECISIONS).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {view.memory && <small>{t("filters.fits", { count: count(mostParameters(view)) })}</small>}
    </fieldset>
  );
}
