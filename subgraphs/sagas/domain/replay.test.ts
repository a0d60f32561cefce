import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDefinitions } from '../definitions/definitions.ts';
import { decide } from './decide.ts';
import type { SagaEvent } from './events.ts';
import { newSaga, type Saga } from './saga.ts';

/** A saga as it once went: each event, and what was decided on it then. */
interface History {
  readonly definition: string;
  readonly definitionVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly told: readonly { readonly event: SagaEvent; readonly decision: object | null }[];
  readonly end: Saga;
}

const folder = new URL('./histories/', import.meta.url);
const files = readdirSync(folder);

/**
 * A saga under way goes on with the program of tomorrow by what the program of today has decided. A history that does not replay any more is a change that such
 * sagas would stumble over: make a new version of the definition, and leave its file as it is.
 */
describe('a recorded history is decided today as it was then', () => {
  it.each(files)('%s', (file) => {
    const history = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as History;
    const definition = createDefinitions().pinned(history);
    let saga = newSaga(history.end.id, definition, history.data);
    for (const { event, decision: then } of history.told) {
      const decision = decide(definition, saga, event);
      const { saga: next, ...rest } = decision ?? { saga };
      saga = next;
      // By way of JSON, which leaves out what is undefined.
      expect(JSON.parse(JSON.stringify(decision && { state: next.state, version: next.version, ...rest }))).toEqual(then);
    }
    expect(saga).toEqual(history.end);
  });

  it('there are some of each definition', () => {
    for (const { name, version } of createDefinitions().newest)
      expect(files.filter((file) => file.startsWith(`${name}-${version}-`))).not.toEqual([]);
  });
});
