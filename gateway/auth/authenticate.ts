import type { NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { Caller } from './caller.ts';
import type { Credentials } from './credentials.ts';

/** Asked before a key is looked up that was not valid here before; throws where that may not be. */
export type AdmitLookUp = () => Promise<void>;

/**
 * Says who sent a request; null for no credentials or ones that are not valid.
 * @throws ComptoirError SERVICE_UNAVAILABLE while the subgraph that knows the keys cannot be asked; what `admit` throws.
 */
export type Authenticate = (credentials: Credentials | null, admit?: AdmitLookUp) => NowOrLater<Caller | null>;
