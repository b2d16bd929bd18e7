import { useState } from "preact/hooks";
import { request } from "../api/client";
import { type DataOf, graphql } from "../api/graphql";
import { canEdit, isAdmin } from "../api/session";
import { useQuery } from "../api/use-query";
import { fieldLabel, valueText } from "../changes/revision";
import { evidenceFacts } from "../facts.gen";
import type { FieldsType } from "../fields";
import { formatInteger } from "../format";
import { enumText, t } from "../i18n";
import { subjectAddress, type SubjectType } from "../subjects";
import { ErrorMessage } from "../ui/error-message";
import { revertRevision } from "./documents";
import { findField } from "./form-fields";
import { ReasonDialog } from "./reason-dialog";
import { announce } from "./saved";
import { SignInRequired } from "./sign-in-required";

const conflictsDocument = graphql(
  `
    query Conflicts($after: String, $where: ConflictFilter) {
      conflicts(first: 20, after: $after, where: $where) {
        totalCount
        nodes {
          field
          contradicted
          about {
            __typename
            id
            ... on Model { slug name }
            ... on ModelSize { label model { slug name } }
            ... on Checkpoint { repository model { slug name } }
            ... on Dataset { slug name }
            ... on License { slug name }
            ... on Organization { slug name }
          }
          evidence(first: 20) {
            nodes { id value agrees url ...EvidenceFacts source { slug title publishedAt } }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [evidenceFacts],
);
const settleDocument = graphql(`
  mutation SettleConflict($input: SettleConflictInput!) {
    settleConflict(input: $input) { outcome revision }
  }
`);

type Conflict = DataOf<typeof conflictsDocument>["conflicts"]["nodes"][number];
type Statement = Conflict["evidence"]["nodes"][number];

/** The facts in conflict, for editors: each with its evidence, one statement of which can be chosen to hold. */
export function Conflicts() {
  const [contradicted, setContradicted] = useState(false);
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const [chosen, setChosen] = useState<{ conflict: Conflict; statement: Statement }>();
  const editor = canEdit();
  const where = contradicted ? { contradicted: { eq: true } } : null;
  const { data, error, retry } = useQuery(
    conflictsDocument,
    { after: pages.at(-1) ?? null, where },
    { skip: !editor, sticky: true },
  );
  if (!editor) return <SignInRequired title={t("conflicts.title")} />;
  const list = data?.conflicts;
  const next = list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
  return (
    <div class="page wide">
      <h1 tabIndex={-1}>{t("conflicts.title")}</h1>
      <p>{t("conflicts.text")}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={contradicted}
          onChange={(event) => {
            setContradicted(event.currentTarget.checked);
            setPages([null]);
          }}
        />{" "}
        {t("conflicts.contradicted")}
      </label>
      {error && <ErrorMessage error={error} retry={retry} />}
      {list && (
        <p role="status">
          {list.totalCount === 0
            ? t("conflicts.none")
            : t("conflicts.count", { count: formatInteger(list.totalCount) })}
        </p>
      )}
      <ol class="conflicts">
        {list?.nodes.map((conflict) => (
          <li key={`${conflict.about?.id} ${conflict.field}`}>
            <ConflictItem conflict={conflict} choose={(statement) => setChosen({ conflict, statement })} />
          </li>
        ))}
      </ol>
      <p class="buttons">
        {pages.length > 1 && (
          <button type="button" onClick={() => setPages(pages.slice(0, -1))}>
            {t("conflicts.previous")}
          </button>
        )}
        {next && (
          <button type="button" onClick={() => setPages([...pages, next])}>
            {t("subject.next")}
          </button>
        )}
      </p>
      {chosen && <Settle {...chosen} close={() => setChosen(undefined)} />}
    </div>
  );
}

/** The type of the object that a conflict is about, its subject, and its own label if it is a part of that. */
function aboutOf({ about }: Conflict): { type?: FieldsType; subject?: { slug: string; name: string }; part?: string } {
  if (!about) return {};
  switch (about.__typename) {
    case "ModelSize":
      return { type: "ModelSize", subject: about.model, part: about.label };
    case "Checkpoint":
      return { type: "Checkpoint", subject: about.model, part: about.repository };
    case "Model":
    case "Dataset":
    case "License":
    case "Organization":
      return { type: about.__typename, subject: about };
    default:
      return {};
  }
}

function labelOf(conflict: Conflict): string {
  return fieldLabel(aboutOf(conflict).type, conflict.field);
}

function ConflictItem({ conflict, choose }: { conflict: Conflict; choose: (statement: Statement) => void }) {
  const { type, subject, part } = aboutOf(conflict);
  const subjectType: SubjectType = type === "Dataset" || type === "License" || type === "Organization" ? type : "Model";
  return (
    <article class="card">
      <h2>
        {subject ? <a href={subjectAddress(subjectType, subject.slug)}>{subject.name}</a> : t("unknown")}
        {part && <span class="chip">{part}</span>} <span>{labelOf(conflict)}</span>
        {conflict.contradicted && <span class="tag deleted">{t("conflicts.differs")}</span>}
      </h2>
      <ul class="statements">
        {conflict.evidence.nodes.map((statement) => (
          <li key={statement.id}>
            <p>
              <strong>{statementValue(conflict, statement)}</strong>{" "}
              {statement.agrees && <span class="tag created">{t("conflicts.current")}</span>} ·{" "}
              {statement.source && <a href={`/sources/${statement.source.slug}`}>{statement.source.title}</a>}
              {statement.locator && <span class="unit"> {statement.locator}</span>}
              {statement.quote && (
                <>
                  {" "}
                  <q>{statement.quote}</q>
                </>
              )}{" "}
              <span class="unit">
                {enumText("Confidence", statement.confidence)}
                {statement.rank !== "NORMAL" && ` · ${enumText("EvidenceRank", statement.rank)}`}
                {statement.reason && ` · ${statement.reason}`}
              </span>
            </p>
            <button
              type="button"
              aria-label={t("conflicts.chooseNamed", { value: statementValue(conflict, statement) })}
              onClick={() => choose(statement)}
            >
              {t("conflicts.choose")}
            </button>
          </li>
        ))}
      </ul>
    </article>
  );
}

function statementValue(conflict: Conflict, { stance, value }: Statement): string {
  if (stance !== "STATED") return enumText("Stance", stance);
  const { type } = aboutOf(conflict);
  const field = type && findField(type, conflict.field);
  return field?.kind === "choice" ? enumText(field.of, String(value)) : valueText(value);
}

/** Asks why a statement holds, and lets it hold. */
function Settle({ conflict, statement, close }: { conflict: Conflict; statement: Statement; close: () => void }) {
  const { subject, part } = aboutOf(conflict);
  const name = [subject?.name, part].filter(Boolean).join(" ");
  const [field, value] = [labelOf(conflict), statementValue(conflict, statement)];
  const settle = async (reason: string) => {
    const { settleConflict } = await request(settleDocument, { input: { evidence: statement.id, reason } });
    const undo = isAdmin() ? () => revertRevision(settleConflict.revision) : undefined;
    announce(t("conflicts.settled", { name, field, value }), undo);
  };
  return (
    <ReasonDialog
      title={t("conflicts.settleTitle", { name })}
      text={t("conflicts.settleText", { field, value })}
      label={t("conflicts.reason")}
      action={t("conflicts.settle")}
      send={settle}
      close={close}
    />
  );
}
