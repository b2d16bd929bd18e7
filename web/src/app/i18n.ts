import en from "./texts/en.json";
import zh from "./texts/zh.json";

export type Language = "en" | "zh";
export type TextKey = keyof typeof en;

const texts: Record<Language, Record<TextKey, string>> = { en, zh };

/** The language of the page. The server chooses it by the preference in the cookie, else by the languages of the browser. */
export function currentLanguage(): Language {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** The language as a value of the API's enum. */
export function apiLanguage(): "EN" | "ZH" {
  return currentLanguage() === "zh" ? "ZH" : "EN";
}

/** A text in the current language, with its placeholders `{name}` replaced. If `count` is 1, the key with `.one` is used. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const known: Record<string, string> = texts[currentLanguage()];
  const text = (String(values.count) === "1" && known[`${key}.one`]) || texts[currentLanguage()][key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The text of a key that is built at run time; undefined if there is no such key. */
export function findText(key: string): string | undefined {
  const known: Record<string, string> = texts[currentLanguage()];
  return known[key];
}

/** The text for a value of an enum of the API, such as "ALLOWED"; the value itself if there is none. */
export function enumText(type: string, value: string): string {
  return findText(`${type}.${value}`) ?? value;
}

/** Saves a preference in a cookie, which the server reads to render the right page. */
export function savePreference(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
