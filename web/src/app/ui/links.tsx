import { safeLink } from "../format";
import { t, word } from "../text";

type Link = { kind: string; title: string | null; url: string };

const MOST = 2;

/** Where to read more about a subject: short, for a row of a table. */
export function Links({ links, of }: { links: readonly Link[]; of: string }) {
  return (
    <>
      {links.slice(0, MOST).map(({ kind, title, url }) => (
        <a
          key={kind + url}
          class="link"
          href={safeLink(url)}
          rel="noreferrer"
          target="_blank"
          title={title ?? url}
          aria-label={t("link.of", { kind: word("link", kind), name: of })}
        >
          {word("link", kind)}
        </a>
      ))}
    </>
  );
}

/** The same in full. */
export function LinkList({ links }: { links: readonly Link[] }) {
  return (
    <ul class="plain">
      {links.map(({ kind, title, url }) => (
        <li key={kind + url}>
          <span class="tag">{word("link", kind)}</span>{" "}
          <a href={safeLink(url)} rel="noreferrer" target="_blank">
            {title ?? url.replace(/^https?:\/\//, "")}
          </a>
        </li>
      ))}
    </ul>
  );
}
