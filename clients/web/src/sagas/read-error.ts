/** What a saga says went wrong, taken apart: "CREATE_ORDER: CUSTOMER_UNKNOWN: There is no customer 99999". */
export interface SagaError {
  readonly step: string | null;
  readonly code: string | null;
  /** In English, as its participant wrote it. */
  readonly detail: string;
  /** What there is too little of, where that is what happened. */
  readonly shortage: { readonly requested: number; readonly product: string; readonly available: number } | null;
  /** The number of what there is not, or the name of what is not sold any more: why is said by the code. */
  readonly about: { readonly number: string } | { readonly name: string } | null;
  /** Commands that were sent without a reply; null where that is not what happened. */
  readonly unanswered: number | null;
  /** Who cancelled it, if that is what happened. */
  readonly cancelledBy: string | null;
}

const prefix = /^([A-Z][A-Z_]+): (.*)$/s;

/** `isStep` tells names of steps from codes, which are written alike. */
export function readError(error: string, isStep: (name: string) => boolean): SagaError {
  let detail = error;
  const take = (fits: (name: string) => boolean): string | null => {
    const [, name, rest] = prefix.exec(detail) ?? [];
    if (name === undefined || rest === undefined || !fits(name)) return null;
    detail = rest;
    return name;
  };
  // Of a step that failed for good: "REFUND_PAYMENT by payments keeps failing: no reply to 15 commands".
  const [, stuck, why] = /^([A-Z][A-Z_]+) by \w+ keeps failing: (.*)$/s.exec(detail) ?? [];
  if (why !== undefined) detail = why;
  const step = stuck ?? take(isStep);
  const code = take((name) => !isStep(name));
  const [, requested, product, available] = /^(\d+) × (.+) \(product \d+\) asked for, (\d+) available$/s.exec(detail) ?? [];
  const unanswered = /^no reply to (\d+) commands?/.exec(detail)?.[1];
  return {
    step,
    code,
    detail,
    shortage: product === undefined ? null : { requested: Number(requested), product, available: Number(available) },
    about: aboutOf(detail),
    unanswered: unanswered === undefined ? null : Number(unanswered),
    cancelledBy: /^cancelled by (.+)$/.exec(detail)?.[1] ?? null,
  };
}

function aboutOf(detail: string): SagaError['about'] {
  const number = /^There is no \w+ (\w+)$/.exec(detail)?.[1];
  if (number !== undefined) return { number };
  const name = /^(.+) \(product \d+\) is not sold any more$/s.exec(detail)?.[1];
  return name === undefined ? null : { name };
}
