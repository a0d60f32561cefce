import type { AuditRowFragment } from '../../generated/operations.ts';
import type { Format } from '../../language/format.ts';
import type { Words } from '../../language/words.fr.ts';
import { shortId } from '../../sagas/states.ts';
import { readValue } from './read-value.ts';
import { sayValue } from './say-value.ts';

/** So many values are told in a line. */
const mostTold = 4;

/** Ids that nobody reads out are as long as this, or longer. */
const longId = 16;

/** A thing by its kind and number; of a long id the end, as the screens show it. */
export function sayKindAndId(entityType: string, entityId: string, words: Words): string {
  return `${words.journal.kinds[entityType] ?? entityType} ${entityId.length < longId ? entityId : shortId(entityId)}`;
}

/** What an entry is about: by its name, else its kind and number. Some are about all of their kind, or about nobody known. */
export function sayObject(
  { entityType, entityId, entityName }: Pick<AuditRowFragment, 'entityType' | 'entityId' | 'entityName'>,
  words: Words,
): string {
  if (entityId === 'all') return words.journal.kinds[entityType] ?? entityType;
  if (entityId === 'unknown') return words.journal.unknownAccount;
  return entityName ?? sayKindAndId(entityType, entityId, words);
}

/** The values of an entry in a line, in the reader's language: what changed into what, and what it was done with. */
export function sayDetails(
  { changes, stores }: Pick<AuditRowFragment, 'changes' | 'stores'>,
  language: { readonly words: Words; readonly format: Format },
): string {
  const { words } = language;
  const placeName = (id: string) => stores.find((store) => store.id === id)?.name ?? id;
  const told = changes.slice(0, mostTold).map(({ field, before, after }) => {
    const name = words.journal.fields[field] ?? field;
    const [from, to] = [before, after].map((json) => (json === null ? null : sayValue(field, readValue(json), language, placeName)));
    if (from !== null && to !== null) return words.journal.fromTo(name, from as string, to as string);
    const one = to ?? from;
    return one === null || one === undefined ? name : words.journal.valueOf(name, one);
  });
  return [...told, ...(changes.length > mostTold ? ['…'] : [])].join(' · ');
}
