/** What a card does to whoever takes money from it. */
export interface Scenario {
  readonly number: string;
  readonly does: string;
  readonly decline?: { readonly code: string; readonly reason: string };
  /** Answers this many first requests under a key with an error, and does nothing. */
  readonly errors?: number;
  /** Takes the money, and leaves the first request under a key without an answer. */
  readonly loseAnswer?: true;
  /** Takes the money, and takes its time. */
  readonly slow?: true;
  /** Never gives money back. */
  readonly refuseRefund?: true;
  /** Answers this many first refunds under a key with an error. */
  readonly refundErrors?: number;
}

/** Test numbers as the sandboxes of real providers have them; none is anybody's card. */
export const scenarios: readonly Scenario[] = [
  { number: '4242424242424242', does: 'is paid' },
  { number: '5555555555554444', does: 'is paid' },
  { number: '4000000000000002', does: 'is declined', decline: { code: 'card_declined', reason: 'The card was declined.' } },
  {
    number: '4000000000009995',
    does: 'is declined: insufficient funds',
    decline: { code: 'insufficient_funds', reason: 'The card has insufficient funds.' },
  },
  { number: '4000000000000069', does: 'is declined: expired', decline: { code: 'expired_card', reason: 'The card has expired.' } },
  { number: '4000000000000119', does: 'fails once with status 500, then is paid', errors: 1 },
  { number: '4000000000000127', does: 'fails with status 500 every time', errors: Number.POSITIVE_INFINITY },
  { number: '4000000000000341', does: 'is paid, but the answer is lost: found by its key', loseAnswer: true },
  { number: '4000000000000077', does: 'is paid, slowly', slow: true },
  { number: '4000000000005126', does: 'is paid; refunds are declined', refuseRefund: true },
  { number: '4000000000007726', does: 'is paid; refunds fail three times with status 500', refundErrors: 3 },
];

const byNumber = new Map(scenarios.map((scenario) => [scenario.number, scenario]));
const byToken = new Map(scenarios.map((scenario, index) => [index, scenario]));

/** The check digit that every card's number ends with (Luhn's). */
export function hasCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

const wrongNumber: Scenario = {
  number: '',
  does: 'is declined: no such number',
  decline: { code: 'incorrect_number', reason: 'The number of the card is not valid.' },
};
const word: Scenario = { number: '', does: 'is paid' };

const cardOf = (number: string): Scenario => byNumber.get(number) ?? (hasCheckDigit(number) ? word : wrongNumber);

/** What a method does: a card's number, a token for one, or a word such as card, transfer or cash, which is paid. */
export function scenarioOf(method: string): Scenario {
  const digits = method.trim().replace(/[ -]/g, '');
  if (/^\d{12,19}$/.test(digits)) return cardOf(digits);
  const token = /^tok_[0-9a-f]{24}([0-9a-z])_\d{4}$/.exec(method.trim());
  if (token?.[1]) return token[1] === 'z' ? word : token[1] === 'x' ? wrongNumber : (byToken.get(Number.parseInt(token[1], 36)) ?? word);
  return word;
}

/** One character that says what the card does: all that a token has to carry beside its last four digits, so that no number is stored. */
export function tokenCharacterOf(number: string): string {
  const index = scenarios.findIndex((scenario) => scenario.number === number);
  if (index >= 0) return index.toString(36);
  return hasCheckDigit(number) ? 'z' : 'x';
}
