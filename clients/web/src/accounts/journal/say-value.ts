import type { Format } from '../../language/format.ts';
import type { Words } from '../../language/words.fr.ts';
import { shortId } from '../../sagas/states.ts';
import { allRights, rightName } from '../say-role.ts';
import type { ReadValue } from './read-value.ts';

interface Language {
  readonly words: Words;
  readonly format: Format;
}

/** A value of the log as a person reads it, by the name of its field; null where it is too deep for a line. `placeName` knows places by their ids. */
export function sayValue(field: string, value: ReadValue, { words, format }: Language, placeName: (id: string) => string): string | null {
  if (value.kind === 'deep') return null;
  if (value.kind === 'nothing') return words.journal.nothing;
  if (value.kind === 'truth') return value.value ? words.journal.yes : words.journal.no;
  if (value.kind === 'moment') return format.dateTime(value.at);
  if (value.kind === 'lines')
    return value.lines.map((line) => words.journal.line(format.count(line.quantity), String(line.productId))).join(', ');
  const say = (text: string) => sayText(field, text, { words, format }, placeName);
  return value.kind === 'list' ? value.texts.map(say).join(', ') : say(value.text);
}

function sayText(field: string, text: string, { words, format }: Language, placeName: (id: string) => string): string {
  if (field === 'stores') return placeName(text);
  if (field.endsWith('saga_id')) return shortId(text);
  if (field.endsWith('_minor')) return format.value(Number(text) / 100);
  if (field === 'tax_ppm') return `${format.value(Number(text) / 10_000)} %`;
  if (field === 'locked_seconds') return format.remaining(Number(text));
  const right = allRights.find((each) => each === text);
  if (right !== undefined) return rightName(right, words);
  return codesOf(field, words)?.[text] ?? text;
}

/** The words for the values of a field that are codes. */
function codesOf(field: string, words: Words): Readonly<Record<string, string>> | null {
  if (field === 'method') return words.journal.methods;
  if (field === 'status') return words.orders.statuses;
  if (field === 'state') return words.sagas.states;
  return field === 'tier' ? words.keys.tiers : null;
}
