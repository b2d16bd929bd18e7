import { safeLink } from "../format";
import { t, enumText } from "../i18n";

type Link = { kind: string; title: string | null; url: string };

const MAX_LINKS = 2;

/** The first links of a subject, by their kind, for a row of a table. */
export function Links({ links, of }: { links: readonly Link[]; of: string }) {
  return (
    <>
      {links.slice(0, MAX_LINKS).map(({ kind, title, url }) => (
        <a
          key={kind + url}
          class="link"
          href={safeLink(url)}
          rel="noreferrer"
          target="_blank"
          title={title ?? url}
          aria-label={t("link.of", { kind: enumText("LinkKind", kind), name: of })}
        >
          {enumText("LinkKind", kind)}
        </a>
      ))}
    </>
  );
}
