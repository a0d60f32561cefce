import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { commandId } from '../domain/command-id.ts';
import type { SagaReply } from '../domain/events.ts';
import type { Applier, ApplyOutcome } from './applier.ts';

const maxReasonLength = 1_000;

/**
 * Takes a participant's reply in. There is no inbox for replies on purpose: `decide` knows a repeated or late one by itself, and a reply that came while it was of
 * no use may be of use when it comes again, under the same message id (a compensation given up, then retried). Errors: MESSAGE_INVALID; MESSAGE_CONFLICT.
 */
export async function takeReply(applier: Applier, body: MessageOf<'saga.reply'>): Promise<Exclude<ApplyOutcome, 'unknown'>> {
  const { saga_id: sagaId, command_id: id, step, direction, outcome, code, reason, data } = body;
  if (id !== commandId(sagaId, step, direction)) {
    throw new ComptoirError('MESSAGE_INVALID', `command_id ${id} is not that of ${step} (${direction}) of ${sagaId}`);
  }
  const reply: SagaReply = { kind: 'REPLY', step, direction, outcome, ...explain(code, reason), ...(data && { data }) };
  const taken = await applier.apply(sagaId, reply);
  if (taken === 'unknown') throw new ComptoirError('MESSAGE_CONFLICT', `There is no saga ${sagaId}`);
  return taken;
}

/** For a person, with the code that programs know: `OUT_OF_STOCK: 3 of product 5 were asked for, 2 are there`. */
function explain(code: string | undefined, reason: string | undefined): { reason?: string } {
  const text = [code, reason].filter((part) => part !== undefined && part !== '').join(': ');
  // What the database cannot keep must not make the reply one that cannot be taken in.
  return text === '' ? {} : { reason: text.slice(0, maxReasonLength).replaceAll('\0', '\u{fffd}').toWellFormed() };
}
