/** The thirteenth digit for the twelve before it: weights 1 and 3 in turn, up to the next multiple of ten. Source: GS1 General Specifications, 7.9. */
export function ean13CheckDigit(twelve: string): string {
  if (!/^\d{12}$/.test(twelve)) throw new RangeError(`${twelve} is not twelve digits`);
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

export function isEan13(code: string): boolean {
  return /^\d{13}$/.test(code) && ean13CheckDigit(code.slice(0, 12)) === code[12];
}

/** A code of the prefix range 20–29, which is free for use within one company: it never collides with that of a real product. */
export function internalEan13(id: number): string {
  if (!Number.isInteger(id) || id < 0 || id > 9_999_999_999) throw new RangeError(`${id} does not fit into ten digits`);
  const twelve = `20${String(id).padStart(10, '0')}`;
  return twelve + ean13CheckDigit(twelve);
}
