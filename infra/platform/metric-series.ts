import type { Counter, Histogram, LabelValues } from 'prom-client';

/** One series of a counter. */
export interface CounterSeries {
  inc(by?: number): void;
}

/** One series of a histogram. */
export interface HistogramSeries {
  observe(value: number): void;
}

/** What prom-client keeps of a series, which its types do not tell of. */
interface KeptCounter {
  value: number;
}
interface KeptHistogram {
  readonly bucketValues: Record<string, number>;
  sum: number;
  count: number;
}

/**
 * A series of a counter, found once. prom-client looks for the series of its labels, and checks them, each time that something is counted, also by what its
 * `labels()` gives: of a small answer that would be a tenth of the cost.
 */
export function counterSeries<Label extends string>(counter: Counter<Label>, labels: LabelValues<Label>): CounterSeries {
  counter.inc(labels, 0);
  const kept = keptOf<KeptCounter>(counter, labels);
  if (!kept) return counter.labels(labels);
  return {
    inc(by = 1) {
      kept.value += by;
    },
  };
}

/** The same of a histogram with these upper bounds. */
export function histogramSeries<Label extends string>(
  histogram: Histogram<Label>,
  bounds: readonly number[],
  labels: LabelValues<Label>,
): HistogramSeries {
  if (!keptOf(histogram, labels)) histogram.zero(labels);
  const kept = keptOf<KeptHistogram>(histogram, labels);
  if (!kept) return histogram.labels(labels);
  const names = bounds.map(String);
  return {
    observe(value) {
      kept.sum += value;
      kept.count++;
      const at = bounds.findIndex((bound) => value <= bound);
      if (at >= 0) kept.bucketValues[names[at]!]! += 1;
    },
  };
}

/** Of the labels so far. */
interface Known<Series> {
  readonly next: Map<string | number, Known<Series>>;
  series?: Series;
}

/** What `make` makes of some labels, made once for each: finding a series costs more than counting in it. There have to be few. */
export function seriesByLabels<Labels extends readonly (string | number)[], Series>(
  make: (...labels: Labels) => Series,
): (...labels: Labels) => Series {
  const known: Known<Series> = { next: new Map() };
  return (...labels) => {
    let at = known;
    for (const label of labels) {
      let next = at.next.get(label);
      if (!next) {
        next = { next: new Map() };
        at.next.set(label, next);
      }
      at = next;
    }
    at.series ??= make(...labels);
    return at.series;
  };
}

/** By the name that prom-client gives to what has these labels; undefined where it has come to name it otherwise. */
function keptOf<Kept>(metric: object, labels: Readonly<Record<string, unknown>>): Kept | undefined {
  const name = Object.keys(labels)
    .sort()
    .map((label) => `${label}:${labels[label]},`)
    .join('');
  return (metric as { hashMap?: Record<string, Kept> }).hashMap?.[name];
}
