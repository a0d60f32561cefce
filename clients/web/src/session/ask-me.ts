import { MeDocument, type MeQuery } from '../generated/operations.ts';
import { type Asked, askOnce } from './ask-once.ts';
import { type Credential, headersOf } from './credential.ts';

export type Me = NonNullable<MeQuery['me']>;

/** Asks the gateway who this is, before anything is opened with it. `me` is null where the gateway runs without authentication. */
export function askMe(credential: Credential, signal?: AbortSignal): Promise<Asked<MeQuery>> {
  return askOnce<MeQuery>(MeDocument, { headers: headersOf(credential), signal });
}
