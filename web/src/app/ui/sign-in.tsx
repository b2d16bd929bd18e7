import { useState } from "preact/hooks";
import { ApiError, request } from "../api/client";
import { errorTexts } from "../api/error-text";
import { graphql } from "../api/graphql";
import { storeToken, setViewer, token } from "../api/session";
import { t } from "../i18n";
import { Dialog } from "./dialog";

const viewerDocument = graphql(`
  query Viewer {
    viewer { name role }
  }
`);

/** The wait before the stored token is tried again, in seconds, where the server does not say how long. */
const RETRY_SECONDS = 5;

/** Signs in with the stored token. A token that the API rejects is removed; a busy server is asked again. */
export async function startSession(): Promise<void> {
  if (!token()) return;
  try {
    const { viewer } = await request(viewerDocument, {});
    setViewer(viewer.name === null ? undefined : { name: viewer.name, role: viewer.role });
  } catch (error) {
    // A server that is unreachable, busy or failing does not make the token invalid.
    const rejected = error instanceof ApiError && error.code === "UNAUTHENTICATED";
    const seconds = (error instanceof ApiError && error.seconds) || RETRY_SECONDS;
    if (rejected) setViewer(undefined);
    else setTimeout(() => void startSession(), seconds * 1000);
  }
}

export function signOut(): void {
  setViewer(undefined);
}

export function SignIn({ close }: { close: () => void }) {
  const [secret, setSecret] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    storeToken(secret.trim());
    try {
      const { viewer } = await request(viewerDocument, {});
      setViewer(viewer.name === null ? undefined : { name: viewer.name, role: viewer.role });
      close();
    } catch (error) {
      // The token stays in the input, to be sent again to a server that was busy.
      setViewer(undefined);
      setError(errorTexts(error as Error).join(" "));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("session.title")} close={close}>
      <form onSubmit={(event) => (event.preventDefault(), void submit())}>
        <p>{t("session.text")}</p>
        <label class="field">
          <span>{t("session.token")}</span>
          <input
            type="password"
            value={secret}
            required
            autoComplete="off"
            spellcheck={false}
            aria-invalid={!!error}
            aria-describedby="sign-in-error"
            onInput={(event) => setSecret(event.currentTarget.value)}
          />
        </label>
        <p id="sign-in-error" class="error" role="alert">
          {error}
        </p>
        <p class="buttons">
          <button type="submit" class="primary" disabled={busy}>
            {t("session.signIn")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
