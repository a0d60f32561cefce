import { type Aggregate, eventMessage, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { commandId } from '../domain/command-id.ts';
import type { Decision } from '../domain/decide.ts';
import type { SagaCommand } from '../domain/events.ts';
import type { Saga } from '../domain/saga.ts';

/**
 * Straight to the participant's queue; one that does not exist yet keeps the message waiting here. Each repetition is an aggregate of its own for the
 * relay: one that found no queue must not hold back later ones, nor the saga's events.
 */
export function commandMessage(saga: Saga, { step, direction, attempt, type, queue, data }: SagaCommand): OutboxMessage {
  const id = commandId(saga.id, step, direction);
  return {
    exchange: '',
    routingKey: queue,
    mandatory: true,
    type,
    messageId: id,
    correlationId: saga.id,
    aggregate: { type: 'saga_command', id: `${id}/${attempt}` },
    payload: { saga_id: saga.id, command_id: id, step, direction, data },
  };
}

/** The event that tells of a decision: exactly one a version, so that whoever follows sees a gap. */
export function sagaEvent(before: Saga, { saga, history }: Decision, ageSeconds: number): OutboxMessage {
  const about = history.find(({ step }) => step !== undefined);
  const aggregate: Aggregate = { type: 'saga', id: saga.id, version: saga.version };
  const fields = {
    saga_id: saga.id,
    definition: saga.definition,
    state: saga.state,
    step: about?.step ?? null,
    direction: about?.direction ?? null,
    status: about?.status ?? null,
    duration: ageSeconds,
    version: saga.version,
  };
  if (before.version === 0) return eventMessage('saga.started', aggregate, fields);
  if (saga.state !== before.state) {
    if (saga.state === 'COMPLETED') return eventMessage('saga.completed', aggregate, fields);
    if (saga.state === 'COMPENSATED') return eventMessage('saga.compensated', aggregate, fields);
    if (saga.state === 'FAILED') return eventMessage('saga.failed', aggregate, fields);
  }
  return eventMessage('saga.step', aggregate, fields);
}

export function outgoing(before: Saga, decision: Decision, ageSeconds: number): OutboxMessage[] {
  return [...decision.commands.map((command) => commandMessage(decision.saga, command)), sagaEvent(before, decision, ageSeconds)];
}
