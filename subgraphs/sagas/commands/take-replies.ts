import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { commandId } from '../domain/command-id.ts';
import type { SagaReply } from '../domain/events.ts';
import type { Applier, ApplyOutcome, SagaNews } from './applier.ts';

const maxReasonLength = 1_000;

export interface IncomingReply {
  readonly body: MessageOf<'saga.reply'>;
  readonly traceparent: string;
}

/**
 * Takes participants' replies in, and tells for each what became of it, or what is wrong with it: MESSAGE_INVALID; MESSAGE_CONFLICT. There is no inbox for replies on
 * purpose: `decide` knows a repeated or late one by itself, and a reply that came while it was of no use may be of use when it comes again, under the same message id
 * (a compensation given up, then retried).
 */
export async function takeReplies(
  applier: Applier,
  replies: readonly IncomingReply[],
): Promise<(Exclude<ApplyOutcome, 'unknown'> | ComptoirError)[]> {
  const news = new Map(replies.filter(({ body }) => isOfItsStep(body)).map((reply) => [reply, toNews(reply)]));
  const outcomes = await applier.applyAll([...news.values()]);
  const outcomeOf = new Map([...news.keys()].map((reply, index) => [reply, outcomes[index] as ApplyOutcome]));
  return replies.map((reply) => {
    const { saga_id: sagaId, command_id: id, step, direction } = reply.body;
    const outcome = outcomeOf.get(reply);
    if (outcome === undefined)
      return new ComptoirError('MESSAGE_INVALID', `command_id ${id} is not that of ${step} (${direction}) of ${sagaId}`);
    return outcome === 'unknown' ? new ComptoirError('MESSAGE_CONFLICT', `There is no saga ${sagaId}`) : outcome;
  });
}

const isOfItsStep = ({ saga_id, command_id, step, direction }: MessageOf<'saga.reply'>) =>
  command_id === commandId(saga_id, step, direction);

function toNews({ body: { saga_id, step, direction, outcome, code, reason, data }, traceparent }: IncomingReply): SagaNews {
  const event: SagaReply = { kind: 'REPLY', step, direction, outcome, ...explain(code, reason), ...(data && { data }) };
  return { sagaId: saga_id, event, traceparent };
}

/** For a person, with the code that programs know: `OUT_OF_STOCK: 3 of product 5 were asked for, 2 are there`. */
function explain(code: string | undefined, reason: string | undefined): { reason?: string } {
  const text = [code, reason].filter((part) => part !== undefined && part !== '').join(': ');
  // What the database cannot keep must not make the reply one that cannot be taken in.
  return text === '' ? {} : { reason: text.slice(0, maxReasonLength).replaceAll('\0', '\u{fffd}').toWellFormed() };
}
