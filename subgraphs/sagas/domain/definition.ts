import type { MessageType } from '@comptoir/schema/messages.ts';
import type { SagaState } from './saga.ts';

/** What later steps and compensations need; grows by what replies carry. */
export type SagaData = Readonly<Record<string, unknown>>;

/** A command to a participant: its name in the contract, the type of its message, the queue it goes to. */
export interface CommandDefinition {
  readonly name: string;
  readonly participant: string;
  readonly type: MessageType;
  readonly queue: string;
  /** The command's data, from what the saga knows by then. */
  readonly request: (data: SagaData) => object;
  /** Milliseconds without a reply after which the command is sent again, in order; after the last one it counts as unanswered. */
  readonly timeoutsMs: readonly number[];
}

export interface StepDefinition {
  readonly forward: CommandDefinition;
  /** Undoes the step, also where it never happened. NOT_NEEDED: it leaves nothing to undo. IMPOSSIBLE: once it may have happened there is no way back. */
  readonly compensation: CommandDefinition | 'NOT_NEEDED' | 'IMPOSSIBLE';
  readonly runningState: SagaState;
  readonly doneState: SagaState;
  /** The step after which going on is tried for long before going back. */
  readonly pivot?: boolean;
}

/** A saga as a table of steps. A version is never changed once sagas ran with it: a change is a new version. */
export interface SagaDefinition {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly steps: readonly StepDefinition[];
}

export const compensationOf = ({ compensation }: StepDefinition): CommandDefinition | null =>
  typeof compensation === 'string' ? null : compensation;

/** @throws Error for a step the definition does not have: the saga was stored under another version. */
export function stepNamed({ name, version, steps }: SagaDefinition, step: string): StepDefinition {
  const found = steps.find((candidate) => candidate.forward.name === step || compensationOf(candidate)?.name === step);
  if (!found) throw new Error(`${name} version ${version} has no step ${step}`);
  return found;
}

/** The command behind a step's or a compensation's name. */
export function commandNamed(definition: SagaDefinition, step: string): CommandDefinition {
  const found = stepNamed(definition, step);
  return found.forward.name === step ? found.forward : (compensationOf(found) as CommandDefinition);
}
