import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Order } from './shop.ts';

/** An order under way on one side. */
export interface UnderWay {
  /** Settles once it would outlive a crash. */
  readonly accepted: Promise<unknown>;
  /** Settles once it is confirmed. */
  readonly completed: Promise<unknown>;
}

/**
 * What floor and peer are asked through: the head of the answer says that the order was accepted, its body, which comes when the order is completed, how many
 * milliseconds lay between the two. Returns the address.
 */
export async function openDoor(begin: (order: Order) => UnderWay): Promise<string> {
  const server = createServer(async (request, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { accepted, completed } = begin(JSON.parse(Buffer.concat(chunks).toString()) as Order);
      await accepted;
      const acceptedAt = performance.now();
      response.writeHead(202, { 'content-type': 'text/plain' }).flushHeaders();
      await completed;
      response.end(String(performance.now() - acceptedAt));
    } catch (error) {
      console.error(error);
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
