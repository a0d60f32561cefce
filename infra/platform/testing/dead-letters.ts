import { deadLetterQueue } from '@comptoir/schema/topology.ts';
import type { ConsumeMessage } from 'amqplib';
import { type IncomingDeadLetter, readDeadLetter } from '../dead-letter-intake.ts';
import type { TestBroker } from './broker.ts';

/** Takes the dead letters of all services in the keeper's stead; the list grows as they come. */
export async function takeDeadLetters(broker: TestBroker): Promise<readonly IncomingDeadLetter[]> {
  const channel = await broker.channel();
  const letters: IncomingDeadLetter[] = [];
  await channel.consume(deadLetterQueue, (message) => message && letters.push(read(message)), { noAck: true });
  return letters;
}

const read = ({ content, properties, fields: { exchange, routingKey } }: ConsumeMessage) =>
  readDeadLetter({ content, properties, exchange, routingKey, queue: deadLetterQueue });
