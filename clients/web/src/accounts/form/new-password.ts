/** Without what looks like another: 0 and o, 1 and l and i. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const groups = 4;
const groupLength = 4;

/** A password that can be read out on the telephone, of 92 random bits: four groups of four. */
export function newPassword(random: (array: Uint8Array<ArrayBuffer>) => Uint8Array = (array) => crypto.getRandomValues(array)): string {
  // Bytes beyond the last whole multiple would make some letters more likely than others.
  const fair = 256 - (256 % alphabet.length);
  const letters: string[] = [];
  while (letters.length < groups * groupLength) {
    for (const byte of random(new Uint8Array(32))) if (byte < fair) letters.push(alphabet[byte % alphabet.length] ?? '');
  }
  return Array.from({ length: groups }, (_, group) => letters.slice(group * groupLength, (group + 1) * groupLength).join('')).join('-');
}
