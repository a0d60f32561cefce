import type { Caller } from './caller.ts';
import type { Credentials } from './credentials.ts';

/**
 * Says who sent a request; null for no credentials or ones that are not valid.
 * @throws ComptoirError SERVICE_UNAVAILABLE while the subgraph that knows the keys cannot be asked.
 */
export type Authenticate = (credentials: Credentials | null) => Promise<Caller | null>;
