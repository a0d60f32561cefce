/** Whether a text will do as a password; the server has the last word. */
export function isPassword(text: string, login: string): boolean {
  const length = [...text].length;
  const plain = text.toLowerCase();
  if (length < 10 || length > 200 || new Set(plain).size < 4) return false;
  return login === '' || !plain.includes(login.toLowerCase());
}

/** Whether a text will do as a PIN: 4 to 8 digits, not one again and again, nor a row. */
export function isPin(text: string): boolean {
  if (!/^\d{4,8}$/.test(text)) return false;
  const steps = new Set([...text].slice(1).map((digit, index) => Number(digit) - Number(text[index])));
  const [step = 2] = steps;
  return steps.size > 1 || Math.abs(step) > 1;
}
