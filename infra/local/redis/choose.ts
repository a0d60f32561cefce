import net from 'node:net';
import tls from 'node:tls';
import { SetupError } from '../setup-error.ts';

export type RedisChoice =
  | { readonly kind: 'configured' | 'found'; readonly url: string }
  /** The gateway keeps its cache in its own memory. */
  | { readonly kind: 'none'; readonly notUsed?: string };

export type RedisProbe = (url: string, timeoutMs: number) => Promise<'usable' | { readonly cause: string; readonly listening: boolean }>;

const local = 'redis://127.0.0.1:6379';

/** Which Redis to use, if any. Throws SetupError where REDIS_URL cannot be used. */
export async function chooseRedis(env: NodeJS.ProcessEnv, probe: RedisProbe = probeRedis): Promise<RedisChoice> {
  if (env.REDIS_URL) {
    const answer = await probe(env.REDIS_URL, 5_000);
    if (answer === 'usable') return { kind: 'configured', url: env.REDIS_URL };
    throw new SetupError(
      `REDIS_URL is set but cannot be used: ${answer.cause}.\nMend it (redis://:password@host:6379), or unset it: Redis is not needed.`,
    );
  }
  const answer = await probe(local, 1_500);
  if (answer === 'usable') return { kind: 'found', url: local };
  return answer.listening
    ? { kind: 'none', notUsed: `Redis on 6379 not used (${answer.cause}); set REDIS_URL to use it` }
    : { kind: 'none' };
}

/** Logs in where the address says how, and wants a PONG for a PING. */
export async function probeRedis(address: string, timeoutMs: number): ReturnType<RedisProbe> {
  if (!URL.canParse(address) || !/^rediss?:$/.test(new URL(address).protocol))
    return { cause: 'it is no redis:// address', listening: false };
  const { protocol, hostname, port, username, password } = new URL(address);
  const options = { host: hostname || '127.0.0.1', port: Number(port || 6379) };
  const login =
    password === '' ? [] : [command('AUTH', ...(username === '' ? [] : [decodeURIComponent(username)]), decodeURIComponent(password))];
  return new Promise((resolve) => {
    const socket = protocol === 'rediss:' ? tls.connect({ ...options, servername: options.host }) : net.connect(options);
    let connected = false;
    let heard = '';
    const answer = (result: Awaited<ReturnType<RedisProbe>>) => {
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => answer({ cause: 'it does not answer', listening: connected }), timeoutMs);
    socket.once(protocol === 'rediss:' ? 'secureConnect' : 'connect', () => {
      connected = true;
      socket.write([...login, command('PING')].join(''));
    });
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      const refused = /^-(.*)$/m.exec(heard)?.[1];
      if (refused !== undefined) answer({ cause: /NOAUTH/.test(refused) ? 'password required' : refused.trim(), listening: true });
      else if (/\+PONG\r\n/.test(heard)) answer('usable');
      else if (!/^[+\r]/.test(heard)) answer({ cause: 'it does not speak the protocol of Redis', listening: true });
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      answer({ cause: error.code === 'ECONNREFUSED' ? 'nothing listens there' : error.message, listening: connected }),
    );
    socket.once('close', () => {
      clearTimeout(timer);
      answer({ cause: 'it closed the connection', listening: connected });
    });
  });
}

function command(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
