import { ApiError } from "../api/client";
import { queryCache } from "../api/query-cache";
import { isAdmin } from "../api/session";
import { t } from "../i18n";
import { navigate } from "../router";
import { subjectAddress, type SubjectType } from "../subjects";
import { showToast } from "../ui/toast";
import { deleteSubject, readSubject, revertRevision, type Saved, updateSubject } from "./documents";
import { updateInput, type Values, valuesOf } from "./values";

/** The reason of a change that takes another one back, as the history has it. */
const UNDONE = "Undo";

/** Shows the page as it is after a change (`queryCache.clear()` fetches it again), and says what was done, with a way back. */
export function announce(text: string, undo?: () => Promise<void>): void {
  queryCache.clear();
  showToast(text, undo && (() => undo().then(() => queryCache.clear())));
}

/** Announces an update of a subject. To undo it restores the values before, unless it was changed since. */
export function announceUpdate(type: SubjectType, name: string, before: Values, { slug, version }: Saved): void {
  announce(t("toast.saved", { name }), async () => {
    const current = await readSubject(type, slug);
    if (current.version !== version) throw new ApiError([{ message: "", extensions: { code: "CONFLICT" } }]);
    const target = { slug, expectedVersion: version };
    await updateSubject(type, updateInput(type, valuesOf(type, current), before, target), UNDONE);
  });
}

/** Announces a new subject. To undo it deletes it. */
export function announceCreation(type: SubjectType, name: string, { slug, version }: Saved): void {
  announce(t("toast.created", { name }), async () => {
    await deleteSubject(type, slug, version, UNDONE);
    if (location.pathname === subjectAddress(type, slug)) await navigate("/");
  });
}

/** Announces that a subject was deleted by a revision, which an admin can undo. */
export function announceDeletion(type: SubjectType, name: string, slug: string, revision: number): void {
  const restore = async () => {
    await revertRevision(revision);
    await navigate(subjectAddress(type, slug));
  };
  announce(t("toast.deleted", { name }), isAdmin() ? restore : undefined);
}
