import { useState } from "preact/hooks";
import { currentViewer } from "../api/session";
import { FEATURES } from "../features";
import { currentLanguage, savePreference, type TextKey, setLanguage, t } from "../i18n";
import { ALL_SUBJECTS, OTHER_SUBJECTS } from "../subjects";
import { SignIn, signOut } from "./sign-in";

const NAV_LINKS: [string, TextKey][] = [
  ["/", "nav.models"],
  ["/plots", "plots.title"],
  ["/compare", "compare.title"],
  ["/changes", "changes.title"],
];

export function Header({ path }: { path: string }) {
  return (
    <header class="site">
      <a class="brand" href="/">
        <Logo /> <span>Open LLM Catalog</span>
      </a>
      <nav aria-label={t("nav.main")}>
        {NAV_LINKS.map(([address, name]) => (
          <a key={address} href={address} aria-current={path === address ? "page" : undefined}>
            {t(name)}
          </a>
        ))}
        {FEATURES.playground && <a href="/playground">API</a>}
      </nav>
      <div class="tools">
        <LanguageSwitch />
        <ThemeSwitch />
        <Session />
      </div>
    </header>
  );
}

function Logo() {
  return (
    <svg viewBox="0 0 20 20" width="22" height="22" aria-hidden="true" class="mark">
      <rect x="1" y="11" width="4.5" height="8" rx="1" />
      <rect x="7.75" y="6" width="4.5" height="13" rx="1" />
      <rect x="14.5" y="1" width="4.5" height="18" rx="1" />
    </svg>
  );
}

function LanguageSwitch() {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  return (
    <button type="button" class="tool" lang={other === "zh" ? "zh-Hans" : "en"} onClick={() => setLanguage(other)}>
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
            {ALL_SUBJECTS.map(({ type, field, newTitle }) => (
              <li key={type}>
                <a href={`/new/${field}`}>{t(newTitle)}</a>
              </li>
            ))}
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

export function Footer() {
  return (
    <footer class="site">
      <p>{t("footer.text")}</p>
      <ul>
        {OTHER_SUBJECTS.map(({ type, path, title }) => (
          <li key={type}>
            <a href={`/${path}`}>{t(title)}</a>
          </li>
        ))}
        <li>
          <a href="/export/catalog.json" download>
            {t("footer.export")}
          </a>
        </li>
        <li>
          <a href="/feed.atom">Atom</a>
        </li>
        {FEATURES.playground && (
          <li>
            <a href="/playground">GraphQL</a>
          </li>
        )}
        {FEATURES.schema && (
          <li>
            <a href="/schema.graphql">schema.graphql</a>
          </li>
        )}
      </ul>
    </footer>
  );
}
