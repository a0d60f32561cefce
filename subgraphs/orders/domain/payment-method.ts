/** Twelve digits or more, as people type them: with blanks or dashes between. */
const cardNumbers = /\d(?:[ -]?\d){11,}/g;

/** The card's number where that is what the method is; else null. */
export function cardNumberOf(method: string): string | null {
  const digits = method.trim().replace(/[ -]/g, '');
  return /^\d{12,19}$/.test(digits) ? digits : null;
}

const lastFour = (digits: string) => `•••• ${digits.slice(-4)}`;

/** What may be kept and shown of a method: of a card, or of the provider's token for one, the last four digits. */
export function maskMethod(method: string): string {
  const number = cardNumberOf(method);
  if (number) return `card ${lastFour(number)}`;
  const token = /^tok_[0-9a-z]+_(\d{4})$/.exec(method.trim());
  if (token?.[1]) return `card ${lastFour(token[1])}`;
  return method.trim().replace(cardNumbers, (found) => lastFour(found.replace(/[ -]/g, '')));
}
