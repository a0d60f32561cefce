import { AmqpError } from './amqp-error.ts';
import { ByteReader } from './wire/byte-reader.ts';
import { type FieldTable, readTable, text, textOf } from './wire/field-table.ts';
import type { Method } from './wire/method-specs.ts';

export const product = 'Comptoir development broker';
export const productVersion = '0.1.0';

/** The one account there is, as on a fresh RabbitMQ. */
export const account = { user: 'guest', password: 'guest' } as const;

export interface Tuning {
  readonly channelMax: number;
  readonly frameMax: number;
  readonly heartbeatSeconds: number;
}

/** RabbitMQ's own offer. */
export const offeredTuning: Tuning = { channelMax: 2047, frameMax: 131_072, heartbeatSeconds: 60 };

/** No peer may ask for smaller frames. */
const minFrameMax = 4096;

const capabilities = [
  'publisher_confirms',
  'exchange_exchange_bindings',
  'basic.nack',
  'consumer_cancel_notify',
  'consumer_priorities',
  'authentication_failure_close',
  'per_consumer_qos',
  'direct_reply_to',
];

export const startMethod: Method<'connection.start'> = {
  name: 'connection.start',
  versionMajor: 0,
  versionMinor: 9,
  serverProperties: new Map([
    ['product', text(product)],
    ['version', text(productVersion)],
    ['platform', text(`Node.js ${process.version}`)],
    ['information', text('For development and tests only: it keeps messages in memory.')],
    ['capabilities', { type: 'table', value: new Map(capabilities.map((name) => [name, { type: 'boolean', value: true }])) }],
  ]),
  mechanisms: Buffer.from('PLAIN AMQPLAIN'),
  locales: Buffer.from('en_US'),
};

/** Returns the user; throws 403. */
export function authenticate({ mechanism, response }: Method<'connection.start-ok'>): string {
  const { user, password } = readCredentials(mechanism, response);
  if (user === account.user && password === account.password) return user;
  throw new AmqpError(403, `Login was refused using authentication mechanism ${mechanism}`, 'connection');
}

export function capabilityOf(clientProperties: FieldTable, name: string): boolean {
  const table = clientProperties.get('capabilities');
  const capability = table?.type === 'table' ? table.value.get(name) : undefined;
  return capability?.type === 'boolean' && capability.value;
}

/** What both sides agreed on; 0 in the client's answer means it sets no limit of its own. */
export function tuned({ channelMax, frameMax, heartbeat }: Method<'connection.tune-ok'>): Tuning {
  if (frameMax !== 0 && frameMax < minFrameMax)
    throw new AmqpError(530, `negotiated frame_max = ${frameMax} is lower than the minimum allowed value (${minFrameMax})`);
  if (frameMax > offeredTuning.frameMax)
    throw new AmqpError(530, `negotiated frame_max = ${frameMax} is higher than the maximum allowed value (${offeredTuning.frameMax})`);
  if (channelMax > offeredTuning.channelMax)
    throw new AmqpError(
      530,
      `negotiated channel_max = ${channelMax} is higher than the maximum allowed value (${offeredTuning.channelMax})`,
    );
  return {
    channelMax: channelMax === 0 ? offeredTuning.channelMax : channelMax,
    frameMax: frameMax === 0 ? offeredTuning.frameMax : frameMax,
    heartbeatSeconds: heartbeat,
  };
}

function readCredentials(mechanism: string, response: Buffer): { user: string | undefined; password: string | undefined } {
  switch (mechanism) {
    case 'PLAIN': {
      const [, user, password] = response.toString().split('\0');
      return { user, password };
    }
    case 'AMQPLAIN': {
      // A field table without the length before it.
      const length = Buffer.alloc(4);
      length.writeUInt32BE(response.length);
      const table = readTable(new ByteReader(Buffer.concat([length, response])));
      return { user: textOf(table.get('LOGIN')), password: textOf(table.get('PASSWORD')) };
    }
    default:
      throw new AmqpError(403, `unsupported authentication mechanism '${mechanism}'`, 'connection');
  }
}
