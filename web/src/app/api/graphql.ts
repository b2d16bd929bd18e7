import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema";

type Scalars = {
  Count: number | string;
  Date: string;
  DateTime: string;
  JSON: unknown;
  Slug: string;
  Url: string;
};

type Tada = ReturnType<
  typeof initGraphQLTada<{ introspection: introspection; scalars: Scalars; disableMasking: true }>
>;

/** A document of the API. Its types come from schema.graphql, when it is checked; when it runs it is a text. */
export const graphql = ((text: string, fragments: string[] = []) =>
  [dedent(text), ...fragments.filter((fragment, i) => fragments.indexOf(fragment) === i)].join(
    "\n\n",
  )) as unknown as Tada;

/** Takes away the indentation that the text has in its source, so that people can read what is shown to them. */
function dedent(text: string): string {
  const lines = text.replace(/^\s*\n|\n\s*$/g, "").split("\n");
  const depth = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join("\n");
}

export type { ResultOf, TadaDocumentNode as Document, VariablesOf } from "gql.tada";
