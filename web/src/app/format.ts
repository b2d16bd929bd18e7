import { currentLanguage } from "./i18n";

type Amount = number | string | null | undefined;

const UNITS = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
] as const;

/** A number of parameters or tokens with three digits and a unit: 6700000000 is "6.7B". */
export function formatAmount(amount: Amount): string {
  const number = Number(amount ?? 0);
  for (const [size, unit] of UNITS) {
    if (number >= size) return `${Number((number / size).toPrecision(3))}${unit}`;
  }
  return String(number);
}

/** Bytes in decimal units. */
export function formatBytes(amount: Amount): string {
  const number = Number(amount ?? 0);
  const [size, unit] = (
    [
      [1e12, "TB"],
      [1e9, "GB"],
      [1e6, "MB"],
      [1e3, "kB"],
    ] as const
  ).find(([size]) => number >= size) ?? [1, "B"];
  return `${Number((number / size).toPrecision(3))} ${unit}`;
}

/** An integer with grouped digits. */
export function formatInteger(number: number): string {
  return new Intl.NumberFormat(locale()).format(number);
}

export function formatDateTime(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}

/** A URL with http or https; undefined for any other scheme. */
export function safeLink(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

function locale(): string {
  return currentLanguage() === "zh" ? "zh-CN" : "en-GB";
}
