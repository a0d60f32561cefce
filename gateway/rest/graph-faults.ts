type Say = (...found: string[]) => string;

const kinds: Readonly<Record<string, string>> = { customer: 'un client', product: 'un produit' };

/** What the subgraphs say of inputs that they refuse, for the clients of REST, who read French. What is in parentheses is handed on. */
const sentences: readonly (readonly [said: RegExp, say: Say])[] = [
  [/^must have (\d+) to (\d+) characters, none of them U\+0000$/, (min, max) => `Doit avoir de ${min} à ${max} caractères, aucun U+0000`],
  [/^must have at most (\d+) characters, none of them U\+0000$/, (max) => `Doit avoir au plus ${max} caractères, aucun U+0000`],
  [/^must have at most (\d+) characters$/, (max) => `Au plus ${max} caractères`],
  [/^holds U\+0000 or a lone surrogate$/, () => 'Contient U+0000 ou la moitié d’un caractère'],
  [/^must not be null$/, () => 'Ne peut pas être null'],
  [/^must not be empty$/, () => 'Ne peut pas être vide'],
  [/^must not begin or end with a blank$/, () => 'Ne peut ni commencer ni finir par un blanc'],
  [
    /^must be an e-mail address of at most (\d+) characters/,
    (max) => `Doit être une adresse e-mail d’au plus ${max} caractères, p. ex. nom@example.org`,
  ],
  [
    /^must be a telephone number of 4 to 30 characters/,
    () => 'Doit être un numéro de téléphone de 4 à 30 caractères : chiffres, blancs, + ( ) . - /',
  ],
  [/^must be an EAN-13/, () => 'Doit être un EAN-13 : treize chiffres, dont le dernier vérifie les autres'],
  [
    /^must have 1 to (\d+) characters: letters A to Z/,
    (max) => `Doit avoir de 1 à ${max} caractères : lettres de A à Z, chiffres, et entre eux . _ / -`,
  ],
  [/^is not the id of a (customer|product)/, (kind = '') => `N’est pas l’identifiant d’${kinds[kind]}`],
  [/^customer (\d+) was deleted$/, (id) => `Le client ${id} a été supprimé`],
  [/^must be a whole number of minor units from 0 to (\d+)$/, (max) => `Doit être un nombre entier de centimes, de 0 à ${max}`],
  [/^must be a whole number from (-?\d+) to (\d+), is/, (min, max) => `Doit être un entier de ${min} à ${max}`],
  [/^must be a whole number from 1$/, () => 'Doit être un entier à partir de 1'],
  [/^must be a finite number/, () => 'Doit être un nombre fini'],
  [/^must be from (-?\d+) to (\d+)/, (min, max) => `Doit être compris entre ${min} et ${max}`],
  [/^must be at most (\d+)$/, (max) => `Doit être inférieur ou égal à ${max}`],
  [/^must have (\d+) to (\d+) lines/, (min, max) => `Doit avoir de ${min} à ${max} lignes`],
  [/^must have at least one line$/, () => 'Doit avoir au moins une ligne'],
  [/^must have at most (\d+) lines$/, (max) => `Doit avoir au plus ${max} lignes`],
  [/^lines of one product must come to at most (\d+)$/, (max) => `Les lignes d’un même produit doivent faire au plus ${max} en tout`],
  [
    /^must not be the number of a card/,
    () =>
      'Ne peut pas être le numéro d’une carte, qui n’est jamais gardé : valider un panier, ou envoyer un jeton du prestataire de paiement',
  ],
];

/** How a sentence begins that nobody has translated: the graph's own words follow. Tests against the real subgraphs look for it. */
export const untranslated = 'Valeur refusée : ';

/** A fault that the graph found, in the language of the facade. */
export function inFrench(message: string): string {
  for (const [said, say] of sentences) {
    const found = said.exec(message);
    if (found) return say(...found.slice(1));
  }
  return untranslated + message;
}
