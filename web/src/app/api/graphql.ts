import { initGraphQLTada, type ResultOf, type TadaDocumentNode as Document } from "gql.tada";
import type { introspection } from "./schema";

type Scalars = {
  Count: number | string;
  DateTime: string;
  JSON: unknown;
  PartialDate: string;
  Slug: string;
  Url: string;
};

type Tada = ReturnType<
  typeof initGraphQLTada<{ introspection: introspection; scalars: Scalars; disableMasking: true }>
>;

/**
 * A document of the API. gql.tada takes its types from schema.graphql. At run time it is the text of the document and
 * of its fragments, each once.
 */
export const graphql = ((text: string, fragments: string[] = []) =>
  [...new Set([dedent(text), ...fragments.flatMap((fragment) => fragment.split("\n\n"))])].join(
    "\n\n",
  )) as unknown as Tada;

/** The text of a document. */
export function documentText(document: Document<any, any>): string {
  return document as unknown as string;
}

/** Removes the indentation that a text has in its source, because the pages show it. */
function dedent(text: string): string {
  const lines = text.replace(/^\s*\n|\n\s*$/g, "").split("\n");
  const depth = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join("\n");
}

/** The data of a response without errors: a root field is null only where it failed. */
export type Succeeded<Data> = { [Field in keyof Data]: NonNullable<Data[Field]> };
/** The data that `request` returns for a document. */
export type DataOf<D> = Succeeded<ResultOf<D>>;

export type { Document };
export type { ResultOf, VariablesOf } from "gql.tada";
