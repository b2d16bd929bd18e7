import { useState } from "preact/hooks";
import { formatAmount } from "../format";
import { t } from "../i18n";

type Bar = { value: string; label: string; count: number };
type Props = {
  name: string;
  ticks: readonly string[];
  min: string;
  max: string;
  bars: readonly Bar[];
  onChange: (min: string, max: string) => void;
};

/** Two sliders on a logarithmic scale below a histogram. A slider at its end sets no limit. */
export function Range({ name, ticks, min, max, bars, onChange }: Props) {
  const last = ticks.length - 1;
  const [moving, setMoving] = useState<{ low: number; high: number }>();
  const low = moving?.low ?? (min ? nearest(ticks, min) : 0);
  const high = moving?.high ?? (max ? nearest(ticks, max) : last);
  const commit = () => {
    if (!moving) return;
    setMoving(undefined);
    onChange(low > 0 ? (ticks[low] ?? "") : "", high < last ? (ticks[high] ?? "") : "");
  };
  const text =
    low === 0 && high === last
      ? t("range.any")
      : t(low === 0 ? "range.upTo" : high === last ? "range.above" : "range.between", {
          from: ticks[low] ?? "",
          to: ticks[high] ?? "",
        });
  const highest = Math.max(1, ...bars.map((bar) => bar.count));
  const ordered = [...bars].sort((a, b) => Number(a.value) - Number(b.value));
  const position = (amount: number) =>
    Math.min(
      1,
      Math.max(
        0,
        Math.log10(Math.max(amount, amountOf(ticks[0])) / amountOf(ticks[0])) /
          Math.log10(amountOf(ticks[last]) / amountOf(ticks[0])),
      ),
    );
  return (
    <fieldset class="range">
      <legend>{name}</legend>
      <output>{text}</output>
      <svg class="histogram" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
        {ordered.map((bar, i) => {
          const from = position(Number(bar.value));
          const to = position(Number(ordered[i + 1]?.value ?? Number(bar.value) * 3));
          const height = (bar.count / highest) * 28;
          const inside =
            Number(bar.value) >= amountOf(ticks[low]) * 0.99 &&
            (high === last || Number(bar.value) < amountOf(ticks[high]));
          return (
            <rect
              key={bar.value}
              class={inside ? "inside" : ""}
              x={from * 100}
              width={Math.max(0, (to - from) * 100 - 0.8)}
              y={28 - height}
              height={height}
            />
          );
        })}
      </svg>
      <div class="sliders">
        <input
          type="range"
          min={0}
          max={last}
          value={low}
          aria-label={t("range.from", { name })}
          aria-valuetext={low > 0 ? ticks[low] : t("range.none")}
          onInput={(event) => setMoving({ low: Math.min(Number(event.currentTarget.value), high), high })}
          onChange={commit}
        />
        <input
          type="range"
          min={0}
          max={last}
          value={high}
          aria-label={t("range.to", { name })}
          aria-valuetext={high < last ? ticks[high] : t("range.none")}
          onInput={(event) => setMoving({ low, high: Math.max(Number(event.currentTarget.value), low) })}
          onChange={commit}
        />
      </div>
    </fieldset>
  );
}

/** Ticks between two powers of ten, in steps that fit the usual sizes of models. */
export function ticksBetween(from: number, to: number): string[] {
  const ticks = [];
  for (let power = from; power < to; power++) {
    for (const step of [1, 1.3, 1.5, 2, 3, 4, 5, 7]) ticks.push(formatAmount(step * 10 ** power));
  }
  return [...ticks, formatAmount(10 ** to)];
}

const UNITS: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

function amountOf(text: string | undefined): number {
  const [, number = "0", unit = ""] = text?.match(/^([\d.]+)([KMBT]?)$/) ?? [];
  return Number(number) * (UNITS[unit] ?? 1);
}

function nearest(ticks: readonly string[], amount: string): number {
  const logAmount = Math.log(amountOf(amount) || 1);
  const distance = (tick: string) => Math.abs(Math.log(amountOf(tick)) - logAmount);
  return ticks.reduce((best, tick, i) => (distance(tick) < distance(ticks[best] ?? tick) ? i : best), 0);
}
