import { useState } from "preact/hooks";
import { canEdit, currentViewer } from "../api/session";
import { currentLanguage, savePreference, t } from "../i18n";
import { refresh } from "../router";
import { ALL_SUBJECTS } from "../subjects";
import { SignIn, signOut } from "./sign-in";

/** The tools in the header: language, theme, and the session of an editor. */
export function Tools() {
  return (
    <>
      <LanguageSwitch />
      <ThemeSwitch />
      <Session />
    </>
  );
}

function LanguageSwitch() {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  const change = () => {
    savePreference("lang", other);
    void refresh();
  };
  return (
    <button type="button" class="tool" lang={other === "zh" ? "zh-Hans" : "en"} onClick={change}>
      {other === "zh" ? "中文" : "English"}
    </button>
  );
}

function ThemeSwitch() {
  const root = document.documentElement;
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const [theme, setTheme] = useState(root.dataset.theme ?? preferred);
  const other = theme === "dark" ? "light" : "dark";
  const change = () => {
    root.dataset.theme = other;
    savePreference("theme", other);
    setTheme(other);
    dispatchEvent(new Event("theme"));
  };
  return (
    <button
      type="button"
      class="tool"
      aria-label={t(other === "dark" ? "theme.dark" : "theme.light")}
      title={t(other === "dark" ? "theme.dark" : "theme.light")}
      onClick={change}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}

function Session() {
  const [open, setOpen] = useState(false);
  const viewer = currentViewer();
  return (
    <>
      {viewer ? (
        <details class="menu">
          <summary class="tool">{viewer.name}</summary>
          <ul>
            {canEdit() &&
              ALL_SUBJECTS.map(({ type, field, newTitle }) => (
                <li key={type}>
                  <a href={`/new/${field}`}>{t(newTitle)}</a>
                </li>
              ))}
            {canEdit() && (
              <li>
                <a href="/conflicts">{t("conflicts.title")}</a>
              </li>
            )}
            {canEdit() && (
              <li>
                <a href="/proposals">{t("proposals.title")}</a>
              </li>
            )}
            {viewer.role === "ADMIN" && (
              <li>
                <a href="/import">{t("import.title")}</a>
              </li>
            )}
            {viewer.role === "ADMIN" && (
              <li>
                <a href="/tokens">{t("tokens.title")}</a>
              </li>
            )}
            <li>
              <button type="button" class="text" onClick={signOut}>
                {t("session.signOut")}
              </button>
            </li>
          </ul>
        </details>
      ) : (
        <button type="button" class="tool" onClick={() => setOpen(true)}>
          {t("session.open")}
        </button>
      )}
      {open && !viewer && <SignIn close={() => setOpen(false)} />}
    </>
  );
}
