import { useEffect, useState } from "preact/hooks";
import { request } from "../api/client";
import { t } from "../text";
import { Problem } from "../ui/problem";
import { SubjectForm } from "./form";
import { DOCUMENTS, type Noun, type Values } from "./nouns";

/** Edits a subject where it is shown, from what it is at this moment. */
export function EditSubject({ noun, slug, close }: { noun: Noun; slug: string; close: () => void }) {
  const [facts, setFacts] = useState<Values & { version: number; slug: string }>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    request(DOCUMENTS[noun].read, { slug }).then(({ subject }) => (subject ? setFacts(subject) : close()), setError);
  }, [noun, slug]);
  if (error)
    return (
      <div class="page">
        <Problem error={error} />
      </div>
    );
  if (!facts)
    return (
      <p class="loading" role="status">
        {t("loading")}
      </p>
    );
  return <SubjectForm noun={noun} title={t("edit.title", { name: String(facts.name) })} facts={facts} close={close} />;
}
