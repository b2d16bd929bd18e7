import { useState } from "preact/hooks";
import { t } from "../i18n";
import { SignIn } from "../ui/sign-in";

/** Replaces a page that needs a token. */
export function SignInRequired({ title, admin = false }: { title: string; admin?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="page">
      <h1 tabIndex={-1}>{title}</h1>
      <p>{t(admin ? "session.needsAdmin" : "session.needsEditor")}</p>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => setOpen(true)}>
          {t("session.signIn")}
        </button>
      </p>
      {open && <SignIn close={() => setOpen(false)} />}
    </div>
  );
}
