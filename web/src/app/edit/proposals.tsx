import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError, request } from "../api/client";
import { errorTexts } from "../api/error-text";
import { type DataOf, graphql } from "../api/graphql";
import { canEdit, isAdmin } from "../api/session";
import { useQuery } from "../api/use-query";
import { fieldLabel, valueText } from "../changes/revision";
import { formatDateTime, formatInteger } from "../format";
import { enumText, t } from "../i18n";
import { subjectAddress, subjectByValue } from "../subjects";
import { ask } from "../ui/ask";
import { ErrorMessage, Problems } from "../ui/error-message";
import { revertRevision } from "./documents";
import { ReasonDialog } from "./reason-dialog";
import { announce } from "./saved";
import { SignInRequired } from "./sign-in-required";

const proposalsDocument = graphql(`
  query Proposals {
    proposals(status: OPEN, first: 50) {
      totalCount
      nodes {
        id
        subjectType
        reason
        proposer
        contact
        proposedAt
        conflicts
        changes { subjectType subjectSlug field before after conflict }
        evidence { removed part field value stance source locator quote confidence }
      }
    }
  }
`);
const acceptDocument = graphql(`
  mutation AcceptProposal($input: AcceptProposalInput!) {
    acceptProposal(input: $input) { proposal { revision { number } } }
  }
`);
const rejectDocument = graphql(`
  mutation RejectProposal($input: RejectProposalInput!) {
    rejectProposal(input: $input) { proposal { status } }
  }
`);

type Proposal = DataOf<typeof proposalsDocument>["proposals"]["nodes"][number];

/** The open proposals, one at a time, oldest first: editors decide on each, also by keyboard. */
export function Proposals() {
  const editor = canEdit();
  const [index, setIndex] = useState<number>();
  const [rejecting, setRejecting] = useState<Proposal>();
  const [failure, setFailure] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const { data, error, retry } = useQuery(proposalsDocument, {}, { skip: !editor, sticky: true });
  const list = data?.proposals.nodes ?? [];
  const place = Math.min(index ?? Math.max(0, list.findIndex(isAddressed)), list.length - 1);
  const proposal = list[place];
  const heading = useRef<HTMLHeadingElement>(null);

  const move = (steps: number) => {
    setFailure(undefined);
    setIndex(Math.max(0, Math.min(place + steps, list.length - 1)));
    heading.current?.focus({ preventScroll: true });
  };
  const accept = async () => {
    if (!proposal || busy) return;
    setFailure(undefined);
    setBusy(true);
    try {
      const send = (force: boolean) => request(acceptDocument, { input: { id: proposal.id, force } });
      const accepted = await send(false).catch(async (error: Error) => {
        if (!(error instanceof ApiError && error.code === "CONFLICT" && proposal.conflicts)) throw error;
        const question = { title: t("proposals.acceptTitle"), text: t("proposals.conflicts") };
        if (!(await ask({ ...question, action: t("proposals.acceptAnyway"), danger: true }))) return undefined;
        return await send(true);
      });
      if (!accepted) return;
      const { revision } = accepted.acceptProposal.proposal;
      const undo = revision && isAdmin() ? () => revertRevision(revision.number) : undefined;
      announce(t("proposals.accepted", { name: nameOf(proposal) }), undo);
    } catch (error) {
      setFailure(error as Error);
    } finally {
      setBusy(false);
    }
  };
  // A key decides on the proposal that is shown, also right after another key.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      const typing = target instanceof Element && target.closest("input, textarea, select, dialog");
      if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (key === "j") move(1);
      else if (key === "k") move(-1);
      else if (key === "a") void accept();
      else if (key === "r" && proposal) setRejecting(proposal);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });

  if (!editor) return <SignInRequired title={t("proposals.title")} />;
  return (
    <div class="page wide">
      <h1 tabIndex={-1}>{t("proposals.title")}</h1>
      <p>
        {t("proposals.text")} {t("proposals.keys")}
      </p>
      {error && <ErrorMessage error={error} retry={retry} />}
      {data && (
        <p role="status">
          {list.length === 0
            ? t("proposals.none")
            : t("proposals.count", { count: formatInteger(data.proposals.totalCount) })}
        </p>
      )}
      {proposal && (
        <article class="card proposal" aria-labelledby="proposal">
          <h2 id="proposal" ref={heading} tabIndex={-1}>
            {nameOf(proposal)}{" "}
            <span class="unit">{t("proposals.place", { number: place + 1, count: list.length })}</span>
          </h2>
          <ProposalContent proposal={proposal} />
          {failure && <Problems texts={errorTexts(failure)} />}
          <p class="buttons">
            <button type="button" class="primary" disabled={busy} aria-keyshortcuts="a" onClick={() => void accept()}>
              {t("proposals.accept")}
            </button>
            <button type="button" disabled={busy} aria-keyshortcuts="r" onClick={() => setRejecting(proposal)}>
              {t("proposals.reject")}
            </button>
            <button type="button" disabled={place === 0} aria-keyshortcuts="k" onClick={() => move(-1)}>
              {t("proposals.previous")}
            </button>
            <button type="button" disabled={place === list.length - 1} aria-keyshortcuts="j" onClick={() => move(1)}>
              {t("proposals.next")}
            </button>
          </p>
        </article>
      )}
      {rejecting && <Reject proposal={rejecting} close={() => setRejecting(undefined)} />}
    </div>
  );
}

/** Whether the hash of the address is the id of a proposal, as in feeds. */
function isAddressed({ id }: Proposal): boolean {
  return location.hash === `#${id}`;
}

/** Whether a proposal creates or deletes its subject: a slug begins or ends. */
function scopeOf({ subjectType, changes }: Proposal): "create" | "delete" | undefined {
  const slug = changes.filter((change) => change.subjectType === subjectType && change.field === "slug").at(-1);
  if (slug?.after === null) return "delete";
  return slug?.before === null ? "create" : undefined;
}

/** The name of a proposal: the type and the slug of its subject, which its last change is about. */
function nameOf({ subjectType, changes }: Proposal): string {
  const slug = changes.filter((change) => change.subjectType === subjectType).at(-1)?.subjectSlug;
  return [enumText("SubjectType", subjectType), slug].filter(Boolean).join(" ");
}

function ProposalContent({ proposal }: { proposal: Proposal }) {
  const { reason, proposer, contact, proposedAt, conflicts, changes, evidence } = proposal;
  const scope = scopeOf(proposal);
  return (
    <>
      {scope && (
        <p>
          <span class={scope === "delete" ? "tag deleted" : "tag"}>
            {t(scope === "delete" ? "proposals.deletes" : "proposals.creates")}
          </span>
        </p>
      )}
      <p>
        <q>{reason}</q>{" "}
        <span class="unit">
          {proposer ?? t("proposals.anonymous")} · <time dateTime={proposedAt}>{formatDateTime(proposedAt)}</time>
          {contact && ` · ${t("proposals.contact", { contact })}`}
        </span>
      </p>
      {conflicts && <p class="warning">{t("proposals.conflicts")}</p>}
      <h3>{t("proposals.changes")}</h3>
      {changes.length === 0 ? <p>{t("proposals.nothing")}</p> : <Changes changes={changes} />}
      <h3>{t("proposals.evidence")}</h3>
      {evidence.length === 0 ? <p>{t("proposals.noEvidence")}</p> : <Statements {...proposal} />}
    </>
  );
}

function Changes({ changes }: Pick<Proposal, "changes">) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("proposals.changes")}>
      <table class="fields">
        <thead>
          <tr>
            <th scope="col">{t("history.field")}</th>
            <th scope="col">{t("history.before")}</th>
            <th scope="col">{t("history.after")}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ subjectType, subjectSlug, field, before, after, conflict }) => {
            const type = subjectByValue(subjectType)?.type;
            return (
              <tr key={`${subjectType} ${subjectSlug} ${field}`}>
                <th scope="row">
                  {type && <a href={subjectAddress(type, subjectSlug)}>{subjectSlug}</a>} {fieldLabel(type, field)}{" "}
                  {conflict && <span class="tag deleted">{t("proposals.conflict")}</span>}
                </th>
                <td>{before === null ? <span class="unknown">–</span> : <del>{valueText(before)}</del>}</td>
                <td>{after === null ? <span class="unknown">–</span> : <ins>{valueText(after)}</ins>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Statements({ subjectType, evidence }: Proposal) {
  const type = subjectByValue(subjectType)?.type;
  return (
    <ul class="statements">
      {evidence.map(({ removed, part, field, value, stance, source, locator, quote, confidence }, index) => (
        <li key={index}>
          <p>
            {removed && <span class="tag deleted">{t("proposals.removed")}</span>} {part && `${part.trim()} `}
            {fieldLabel(type, field)}:{" "}
            <strong>{stance === "STATED" ? valueText(value) : enumText("Stance", stance)}</strong> ·{" "}
            <a href={subjectAddress("Source", source)}>{source}</a>
            {locator && <span class="unit"> {locator}</span>} {quote && <q>{quote}</q>}{" "}
            <span class="unit">{enumText("Confidence", confidence)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Asks why a proposal is rejected, and rejects it. */
function Reject({ proposal, close }: { proposal: Proposal; close: () => void }) {
  const name = nameOf(proposal);
  const reject = async (reason: string) => {
    await request(rejectDocument, { input: { id: proposal.id, reason } });
    announce(t("proposals.rejected", { name }));
  };
  return (
    <ReasonDialog
      title={t("proposals.rejectTitle", { name })}
      label={t("proposals.rejectReason")}
      action={t("proposals.reject")}
      send={reject}
      close={close}
    />
  );
}
