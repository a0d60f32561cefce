/** For tests: claims as many ports as its second argument says from the first upwards, once it is told to begin; tells which, and ends when it is told that. */
import { once } from 'node:events';
import { claimPort } from '../ports.ts';

const [first, count] = process.argv.slice(2).map(Number) as [number, number];
process.send?.({ type: 'ready' });
await once(process, 'message');
const taken = new Set<number>();
const ports: number[] = [];
while (ports.length < count) ports.push(await claimPort(first, taken));
process.send?.({ type: 'claimed', ports });
await once(process, 'message');
process.disconnect();
