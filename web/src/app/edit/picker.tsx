import { useState } from "preact/hooks";
import { canEdit } from "../api/session";
import { useQuery } from "../api/use-query";
import { t } from "../i18n";
import { type SubjectType, subjectOf } from "../subjects";
import { CreateDialog } from "./create-dialog";
import { findDocument, type Reference } from "./documents";
import { useUniqueId } from "../ui/unique-id";

type Props = {
  type: SubjectType;
  value: Reference[];
  label: string;
  /** Whether the input has the slug alone, so that nothing can be created with it. */
  bySlug?: boolean;
  change: (value: Reference[]) => void;
};

/** Picks subjects by name or, if they have one, by address, and creates those that the catalog does not have. */
export function Picker({ type, value, label, bySlug = false, change }: Props) {
  const id = useUniqueId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const [creating, setCreating] = useState<string>();
  const search = typed.trim();
  const { data } = useQuery(findDocument(type), { search }, { skip: search === "", hidden: true, sticky: true });
  const found = search ? (data?.found.nodes ?? []) : [];
  const pick = (reference: Reference) => {
    setTyped("");
    setCreating(undefined);
    change([...value.filter(({ slug }) => slug !== reference.slug), reference]);
  };
  const options = [
    ...found.map(({ slug, name, url }) => ({
      key: slug,
      text: name,
      note: url ?? undefined,
      choose: () => pick({ slug, name }),
    })),
    ...(canEdit() || !bySlug
      ? [
          {
            key: "",
            text: t("edit.createNamed", { name: search, type: t(subjectOf(type).newTitle) }),
            note: undefined,
            choose: () => setCreating(search),
          },
        ]
      : []),
  ];
  // Not before the subjects with such a name are known: Enter would create a second one.
  const open = search !== "" && data !== undefined && options.length > 0;
  const at = Math.min(active, options.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || !search) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length > 0) setActive((at + step + options.length) % options.length);
    // Enter picks and does not submit the form; Escape closes the list and not the form.
    else if (event.key === "Enter" && open) options[at]?.choose();
    else if (event.key === "Escape") setTyped("");
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="picker">
      {value.map((reference, i) => (
        <span key={reference.slug} class="chip">
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
          type="text"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open ? `${id}-${at}` : undefined}
          value={typed}
          aria-label={t("edit.find", { name: label })}
          placeholder={t(type === "Source" ? "edit.findSource" : "filters.find")}
          autoComplete="off"
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!open}>
          {open &&
            options.map(({ key, text, note, choose }, i) => (
              <li
                key={key}
                id={`${id}-${i}`}
                role="option"
                aria-selected={i === at}
                // The input keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={choose}
              >
                {text} {note && <span class="unit">{note}</span>}
              </li>
            ))}
        </ul>
      </div>
      {creating !== undefined && (
        <CreateDialog type={type} name={creating} close={() => setCreating(undefined)} created={pick} />
      )}
    </div>
  );
}
