import type { Document } from "../api/graphql";
import type { Key } from "../text";
import type { Noun as OtherNoun } from "../nouns/documents";
import * as documents from "./documents";

export type Noun = "model" | OtherNoun;

/** How a field is edited. */
export type Field = {
  /** Its name in the inputs of the API. */
  name: string;
  label: Key;
  hint?: Key;
  required?: boolean;
} & (
  | { kind: "text" | "words" | "date" | "amount" | "number" | "localized" | "links" | "sizes" | "scale" }
  | { kind: "choice"; of: string; values: string[]; none?: Key }
  | { kind: "one" | "many"; noun: Noun; create: boolean }
);

/** What a form holds: of each field what its inputs show. */
export type Values = Record<string, unknown>;
export type Named = { slug?: string; name: string };

const USES = ["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"];
export const UNITS = ["TOKENS", "IMAGES", "BYTES", "UNKNOWN"];
export const LINK_KINDS = ["HOMEPAGE", "DETAILS", "ARTICLE", "REPOSITORY", "PAPER", "WEIGHTS", "DATASET", "OTHER"];

const name: Field = { name: "name", label: "model.name", kind: "text", required: true };
const links: Field = { name: "links", label: "model.links", kind: "links" };

export const FIELDS: Record<Noun, Field[]> = {
  model: [
    name,
    { name: "aliases", label: "edit.aliases", hint: "edit.aliasesHint", kind: "words" },
    {
      name: "kind",
      label: "model.kind",
      kind: "choice",
      of: "kind",
      values: ["FOUNDATION", "DERIVED"],
      required: true,
    },
    { name: "organizations", label: "model.maker", kind: "many", noun: "organization", create: true },
    { name: "license", label: "model.license", kind: "one", noun: "license", create: false },
    {
      name: "commercialUse",
      label: "filters.use",
      hint: "edit.useHint",
      kind: "choice",
      of: "use",
      values: USES,
      none: "edit.useNone",
    },
    { name: "releaseDate", label: "model.released", kind: "date" },
    { name: "sizes", label: "model.sizes", kind: "sizes" },
    { name: "dataScale", label: "model.data", kind: "scale" },
    { name: "datasets", label: "model.datasets", kind: "many", noun: "dataset", create: true },
    { name: "summary", label: "model.summary", kind: "localized" },
    { name: "architecture", label: "model.architecture", kind: "one", noun: "architecture", create: true },
    { name: "baseModel", label: "model.base", kind: "one", noun: "model", create: false },
    { name: "trainingFlops", label: "model.flops", kind: "number" },
    { name: "position", label: "edit.position", kind: "number" },
    links,
  ],
  dataset: [
    name,
    { name: "tokens", label: "dataset.tokens", kind: "amount" },
    { name: "bytes", label: "dataset.bytes", hint: "edit.bytesHint", kind: "amount" },
    { name: "license", label: "model.license", kind: "one", noun: "license", create: false },
    links,
  ],
  license: [
    name,
    { name: "commercialUse", label: "filters.use", kind: "choice", of: "use", values: USES, required: true },
    { name: "spdxId", label: "edit.spdx", kind: "text" },
    { name: "url", label: "license.text", kind: "text" },
    { name: "conditions", label: "license.conditions", kind: "localized" },
    links,
  ],
  organization: [name, { name: "localizedName", label: "edit.localizedName", kind: "localized" }],
  architecture: [name, links],
};

type Any = Document<{ done: { subject: { slug: string } } }, { input: Record<string, unknown> }>;
type Read = Document<{ subject: (Values & { version: number; slug: string }) | null }, { slug: string }>;
type Remove = Document<unknown, { input: { slug: string; expectedVersion?: number } }>;

/** The documents of a noun. What they take and give differs only by the fields above. */
export const DOCUMENTS = {
  model: {
    read: documents.editModelDocument,
    create: documents.createModel,
    update: documents.updateModel,
    remove: documents.deleteModel,
  },
  dataset: {
    read: documents.editDatasetDocument,
    create: documents.createDataset,
    update: documents.updateDataset,
    remove: documents.deleteDataset,
  },
  license: {
    read: documents.editLicenseDocument,
    create: documents.createLicense,
    update: documents.updateLicense,
    remove: documents.deleteLicense,
  },
  organization: {
    read: documents.editOrganizationDocument,
    create: documents.createOrganization,
    update: documents.updateOrganization,
    remove: documents.deleteOrganization,
  },
  architecture: {
    read: documents.editArchitectureDocument,
    create: documents.createArchitecture,
    update: documents.updateArchitecture,
    remove: documents.deleteArchitecture,
  },
} as unknown as Record<Noun, { read: Read; create: Any; update: Any; remove: Remove }>;
