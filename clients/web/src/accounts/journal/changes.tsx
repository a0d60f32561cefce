import { type AuditAroundQuery, PlacesDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import classes from './changes.module.css';
import { type ReadValue, readValue } from './read-value.ts';
import { sayValue } from './say-value.ts';

type Change = AuditAroundQuery['auditLog']['nodes'][number]['changes'][number];

const nothing = {};

/** What changed, before and after side by side. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { words } = useLanguage();
  if (changes.length === 0) return <p className={classes.none}>{words.journal.noChanges}</p>;
  return (
    <table className={classes.changes} data-testid="changes">
      <thead>
        <tr>
          <th scope="col">{words.journal.field}</th>
          <th scope="col">{words.journal.before}</th>
          <th scope="col">{words.journal.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} data-field={field}>
            <th scope="row" title={field}>
              {words.journal.fields[field] ?? <code>{field}</code>}
            </th>
            <td data-label={words.journal.before}>
              <Value field={field} value={readValue(before)} />
            </td>
            <td data-label={words.journal.after}>
              <Value field={field} value={readValue(after)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ field, value }: { field: string; value: ReadValue }) {
  const language = useLanguage();
  const places = useAsked(PlacesDocument, nothing).data?.places ?? [];
  if (value.kind === 'nothing') return <span className={classes.nothing}>{language.words.journal.nothing}</span>;
  if (value.kind === 'deep') return <pre className={classes.deep}>{value.text}</pre>;
  return sayValue(field, value, language, (id) => places.find((place) => place.id === id)?.name ?? id);
}
