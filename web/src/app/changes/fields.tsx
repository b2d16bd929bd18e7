import type { ComponentChildren } from "preact";
import { whoIsSignedIn } from "../api/session";
import { moment } from "../format";
import { t, word } from "../text";
import { Undo } from "../edit/undo";

export type Change = { field: string; before?: unknown; after?: unknown };
type Revision = { number: number; createdAt: string; actor: string; action: string; changes: readonly Change[] };

/** Revisions with what they changed, field by field. */
export function Changes({ revisions }: { revisions: readonly Revision[] }) {
  return (
    <ol class="revisions">
      {revisions.map((revision) => (
        <RevisionItem key={revision.number} revision={revision} />
      ))}
    </ol>
  );
}

export function RevisionItem({ revision, children }: { revision: Revision; children?: ComponentChildren }) {
  const { number, createdAt, actor, action, changes } = revision;
  return (
    <li class="revision">
      <p>
        <span class="number">#{number}</span> {children}
        <span class={`tag ${action.toLowerCase()}`}>{word("action", action)}</span>{" "}
        <span class="unit">
          {t("history.by", { actor })} · <time dateTime={createdAt}>{moment(createdAt)}</time>
        </span>
        {whoIsSignedIn()?.role === "ADMIN" && <Undo number={number} />}
      </p>
      {changes.length > 0 && (
        <details open={action === "UPDATED" && changes.length <= 6}>
          <summary>{t("history.fields", { count: changes.length })}</summary>
          <FieldChanges changes={changes} />
        </details>
      )}
    </li>
  );
}

export function FieldChanges({ changes }: { changes: readonly Change[] }) {
  return (
    <table class="fields">
      <thead class="hidden">
        <tr>
          <th scope="col">{t("history.field")}</th>
          <th scope="col">{t("history.before")}</th>
          <th scope="col">{t("history.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{word("field", field)}</th>
            <td>
              {before === null || before === undefined ? <span class="unknown">–</span> : <del>{shown(before)}</del>}
            </td>
            <td>
              {after === null || after === undefined ? <span class="unknown">–</span> : <ins>{shown(after)}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value of a document as text. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "object")
    return Object.values(value)
      .filter((part) => part !== null)
      .map(shown)
      .join(" · ");
  return String(value);
}
