import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError, describePath } from '@comptoir/platform/errors.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { type DefinitionName, readInput } from '../definitions/definitions.ts';
import { isSagaId } from '../domain/saga-id.ts';
import type { Applier } from './applier.ts';

export interface StartDeps {
  readonly database: Database;
  readonly applier: Applier;
}

/** Starts a saga that another service has promised under an id of its choice; a repetition changes nothing. Errors: MESSAGE_INVALID. */
export async function startPromisedSaga(
  { database, applier }: StartDeps,
  { id, definition, input }: { id: string; definition: DefinitionName; input: unknown },
): Promise<'started' | 'repeated'> {
  if (!isSagaId(id)) throw new ComptoirError('MESSAGE_INVALID', `saga_id is no id of a saga: ${id}`);
  const { data, faults } = readInput(definition, input);
  if (!data)
    throw new ComptoirError(
      'MESSAGE_INVALID',
      faults.map(({ path, message }) => `${describePath(['data', ...path])}: ${message}`).join('; '),
    );
  const applied = await database.transaction((em) => applier.begin(em, [{ id, definition, data, startedBy: null }]));
  failpoint('sagas.start.committed', id);
  applied.forEach(applier.count);
  return applied.length > 0 ? 'started' : 'repeated';
}
