/** Many WebSocket clients of one operation in one process; counts what they get. */
import { WebSocket } from 'ws';
import { percentile } from '../figures.ts';

const query = process.env.QUERY ?? '';
const url = process.env.TARGET ?? '';
const sockets: WebSocket[] = [];
const opensAtOnce = 100;

let expected = 0;
let received = 0;
let errors = 0;
let latenciesMs: number[] = [];
let onComplete: (() => void) | null = null;
const now = () => performance.timeOrigin + performance.now();

function open(distinct: boolean, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    sockets.push(socket);
    socket.on('error', reject);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.includes('"connection_ack"')) {
        socket.send(JSON.stringify({ id: 's', type: 'subscribe', payload: { query, variables: { shard: distinct ? index : 0 } } }));
        resolve();
      } else if (text.includes('"type":"next"')) {
        if (text.includes('"errors"')) errors++;
        // Reading every message as JSON would measure this process: the time stands in it as text.
        const at = text.indexOf('"at":');
        latenciesMs.push(now() - Number.parseFloat(text.slice(at + 5, at + 30)));
        if (++received === expected) onComplete?.();
      } else if (text.includes('"error"')) errors++;
    });
  });
}

const answer = (fields: object) => process.send?.({ type: 'answer', ...fields });

process.on('message', async (message: { type: string; open?: number; distinct?: boolean; expect?: number; collect?: true }) => {
  if (message.type !== 'ask') return;
  if (message.open !== undefined) {
    for (let from = sockets.length; from < message.open; from += opensAtOnce) {
      await Promise.all(
        Array.from({ length: Math.min(opensAtOnce, message.open - from) }, (_, i) => open(message.distinct ?? false, from + i)),
      );
    }
    answer({ open: sockets.length });
  } else if (message.expect !== undefined) {
    [expected, received, latenciesMs] = [message.expect * sockets.length, 0, []];
    answer({});
  } else if (message.collect) {
    const finish = () => {
      onComplete = null;
      answer({ received, errors, endedAt: now(), p50Ms: percentile(latenciesMs, 0.5), p99Ms: percentile(latenciesMs, 0.99) });
    };
    if (received >= expected) finish();
    else onComplete = finish;
  }
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
