/** For tests: starts a PostgreSQL in the folder that is its argument, tells where, and waits to be killed. */
import path from 'node:path';
import { startPostgres } from '../server.ts';

const [folder = '', port = ''] = process.argv.slice(2);
const { pid, url, origin } = await startPostgres({ folder, port: Number(port), logFile: path.join(folder, 'postgres.log') });
console.log(JSON.stringify({ pid, url, origin }));
setInterval(() => undefined, 60_000);
