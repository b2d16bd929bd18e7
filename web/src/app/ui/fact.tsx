import type { ComponentChildren } from "preact";
import { t } from "../text";

type Props = { name: string; children: ComponentChildren; within?: (shown: ComponentChildren) => ComponentChildren };

/** A fact with its name; "not known" where there is none. `within`: what is around it. */
export function Fact({ name, children, within = (shown) => shown }: Props) {
  const parts = Array.isArray(children) ? children : [children];
  const known = parts.some((part) => part !== null && part !== undefined && part !== false && part !== "");
  return (
    <div>
      <dt>{name}</dt>
      <dd>{within(known ? children : <span class="unknown">{t("unknown")}</span>)}</dd>
    </div>
  );
}

/** Links to subjects. */
export function Names({ of, at }: { of: readonly { slug: string; name: string }[]; at: string }) {
  if (of.length === 0) return <span class="unknown">{t("unknown")}</span>;
  return (
    <>
      {of.map(({ slug, name }, i) => (
        <span key={slug}>
          {i > 0 && t("list.comma")}
          <a href={`/${at}/${slug}`}>{name}</a>
        </span>
      ))}
    </>
  );
}
