import { mayEdit } from "../api/session";
import { go } from "../router";
import { type Key, t } from "../text";
import { NotFound } from "../ui/not-found";
import { SubjectForm } from "./form";
import { FIELDS, type Noun } from "./nouns";
import { NeedsToken } from "./needs-token";

const TITLES: Record<Noun, Key> = {
  model: "edit.newModel",
  dataset: "edit.newDataset",
  license: "edit.newLicense",
  organization: "edit.newOrganization",
  architecture: "edit.newArchitecture",
};

export function Create({ slug: noun }: { slug: string }) {
  if (!Object.hasOwn(FIELDS, noun)) return <NotFound />;
  if (!mayEdit()) return <NeedsToken title={t(TITLES[noun as Noun])} />;
  return <SubjectForm noun={noun as Noun} title={t(TITLES[noun as Noun])} close={() => go("/")} />;
}
