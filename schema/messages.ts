import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { MessageTypes } from './generated/messages.ts';
import { messageSchemas } from './message-schemas.ts';

/** Name of a message's type: the AMQP property `type`, and for events the routing key. */
export type MessageType = keyof MessageTypes;

export type MessageOf<Type extends MessageType> = MessageTypes[Type];

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validators = new Map<MessageType, ValidateFunction>();

/**
 * The faults of a parsed message body against its schema, each naming the field it stands in; empty where there is none.
 * Unknown fields are no fault.
 */
export function messageFaults(type: MessageType, body: unknown): string[] {
  const validate = validators.get(type) ?? compileValidator(type);
  return validate(body) ? [] : (validate.errors ?? []).map(describeFault);
}

function compileValidator(type: MessageType): ValidateFunction {
  const schema = messageSchemas.get(type);
  if (!schema) throw new Error(`There is no schema for messages of type ${type}: add schema/messages/${type}.schema.json`);
  const validate = ajv.compile(schema);
  validators.set(type, validate);
  return validate;
}

function describeFault({ instancePath, message, params }: ErrorObject): string {
  const field = instancePath.slice(1).replaceAll('/', '.') || 'body';
  const allowed = 'allowedValues' in params ? `: ${params.allowedValues.join(', ')}` : '';
  return `${field} ${message}${allowed}`;
}
