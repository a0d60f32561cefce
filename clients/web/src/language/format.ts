import type { Words } from './words.fr.ts';

/** What a result's value says where it is not a finite number. */
export type NonFinite = 'infinity' | 'minus-infinity' | 'undefined';

/** Money as the graph has it: a decimal text and its currency. */
export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** How numbers, instants and durations are written in one language. */
export interface Format {
  /** A count, with thousands apart. */
  count(value: number): string;
  /** An operand or value, with as many decimals as a person reads; exponents where it is very large or small. */
  value(value: number): string;
  /** A result from its text in the graph: a number, ∞, −∞ or the word for 0 ÷ 0. */
  result(text: string): string;
  /** A worker's time, e.g. 5,2 s or 12 ms. */
  seconds(seconds: number): string;
  /** A time still to wait, e.g. 3 min 20 s. */
  remaining(seconds: number): string;
  /** A rate, e.g. 1 250/s. */
  rate(perSecond: number): string;
  percent(share: number): string;
  /** An amount of memory, e.g. 182 ko. */
  bytes(count: number): string;
  /** 14:02:11 */
  time(instant: string | number): string;
  /** 14:02:11 of today, else 20 nov., 14:02 */
  moment(instant: string | number): string;
  /** A day such as 2026-11-21: 21/11/2026 */
  day(day: string): string;
  /** 21 nov., 14:02 */
  dateTime(instant: string | number): string;
  /** An amount of money, e.g. 12,50 €. */
  money(money: Amount): string;
  /** A change, with its sign, e.g. +3 or −2. */
  change(value: number): string;
}

export function nonFinite(text: string): NonFinite | null {
  if (text === 'Infinity') return 'infinity';
  if (text === '-Infinity') return 'minus-infinity';
  return text === 'NaN' ? 'undefined' : null;
}

export function createFormat(locale: string, words: Pick<Words, 'undefinedValue'>): Format {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 10 });
  const scientific = new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 10 });
  const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const sizes = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumSignificantDigits: 3 }),
  );
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  const dateTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  const currencies = new Map<string, Intl.NumberFormat>();
  const inCurrency = (currency: string) => {
    const known = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
    currencies.set(currency, known);
    return known;
  };
  const minus = (text: string) => text.replaceAll('-', '−');
  const value = (number: number) => {
    const size = Math.abs(number);
    if (Number.isInteger(number) && size < 1e15) return minus(count.format(number));
    return minus(size >= 1e10 || size < 1e-6 ? scientific.format(number) : plain.format(number));
  };

  return {
    count: (number) => count.format(number),
    value,
    result: (text) => {
      const kind = nonFinite(text);
      if (kind === 'infinity') return '∞';
      if (kind === 'minus-infinity') return '−∞';
      return kind === 'undefined' ? words.undefinedValue : value(Number(text));
    },
    seconds: (seconds) => (seconds < 0.1 ? `${count.format(seconds * 1000)}\u00a0ms` : `${oneDecimal.format(seconds)}\u00a0s`),
    remaining: (seconds) => {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return `${whole}\u00a0s`;
      if (whole < 3600) return `${Math.floor(whole / 60)}\u00a0min\u00a0${String(whole % 60).padStart(2, '0')}\u00a0s`;
      return `${Math.floor(whole / 3600)}\u00a0h\u00a0${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}`;
    },
    rate: (perSecond) => `${perSecond < 10 ? oneDecimal.format(perSecond) : count.format(perSecond)}/s`,
    percent: (share) => percent.format(share),
    bytes: (bytes) => {
      const step = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
      return (sizes[step] as Intl.NumberFormat).format(bytes / 1000 ** step);
    },
    time: (instant) => time.format(new Date(instant)),
    moment: (instant) => {
      const at = new Date(instant);
      return (at.toDateString() === new Date().toDateString() ? time : dateTime).format(at);
    },
    day: (date) => day.format(new Date(date)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    // The text itself: a number would lose the cents of very large amounts.
    money: ({ amount, currency }) => minus(inCurrency(currency).format(amount as `${number}`)),
    change: (number) => minus(signed.format(number)),
  };
}
