/** The payment provider's test numbers, which are nobody's: 4242…, 5555… and the 4000 0000 family. */
const testNumber = /^(4242424242424242|5555555555554444|40000000\d{8})$/;

/** Whether it may be kept with a saga and travel in messages: a word, a token of the payment provider, or one of its test numbers; never the number of a card. */
export function isStorableMethod(method: string): boolean {
  const digits = method.replace(/[ -]/g, '');
  return !/\d{12,}/.test(digits) || method.startsWith('tok_') || testNumber.test(digits);
}
