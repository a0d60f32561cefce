/** For tests: starts servers for tests, tells where they are when it is asked, and stops them when it is told to. */
import { once } from 'node:events';
import { startTestServers } from '../test-servers.ts';

const servers = await startTestServers(() => undefined);
process.send?.({ type: 'ready' });
await once(process, 'message');
process.send?.(servers.env);
await once(process, 'message');
await servers.stop();
process.disconnect();
