import { useState } from "preact/hooks";
import { t } from "../text";
import { SignIn } from "../ui/sign-in";

/** What stands in the place of a page that only the bearer of a token can use. */
export function NeedsToken({ title, admin = false }: { title: string; admin?: boolean }) {
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
