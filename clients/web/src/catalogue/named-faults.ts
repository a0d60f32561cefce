import { inputFaults } from '../graph/error-code.ts';
import { type FieldFaults, fieldNamed } from './product-fields.ts';

/** The server's faults at the fields they name, in the words of the page where it has some. */
export function namedFaults(error: unknown, words: Readonly<Record<string, string>>): FieldFaults {
  return Object.fromEntries(
    inputFaults(error).flatMap(({ path, message }) => {
      const field = fieldNamed(path.at(-1));
      return field === undefined ? [] : [[field, words[field] ?? message]];
    }),
  );
}
