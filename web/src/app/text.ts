import en from "./texts/en.json";
import zh from "./texts/zh.json";
import { changed } from "./store";

export type Language = "en" | "zh";
export type Key = keyof typeof en;

const texts: Record<Language, Record<Key, string>> = { en, zh };

// The server chose by the browser's wish, or by what was chosen here before.
let language: Language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

export function currentLanguage(): Language {
  return language;
}

/** The language as the API calls it. */
export function apiLanguage(): "EN" | "ZH" {
  return language === "zh" ? "ZH" : "EN";
}

export function setLanguage(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-Hans" : "en";
  keepChoice("lang", chosen);
  changed();
}

/** A text in the language of the page, with values where it has `{name}`; that for one, if there is one, where `count` is 1. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const known: Record<string, string> = texts[language];
  const text = (String(values.count) === "1" && known[`${key}.one`]) || texts[language][key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The text for a word of the API, such as "ALLOWED"; the word itself where there is none. */
export function word(kind: string, value: string): string {
  const known = texts[language] as Record<string, string>;
  return known[`${kind}.${value}`] ?? value;
}

/** Keeps a choice in a cookie, which the server reads to send the right page at once. */
export function keepChoice(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
