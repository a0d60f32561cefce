import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { GatewayContext } from '../context.ts';
import type { OperationAnswer } from '../execution/prepared-operations.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import { questionKey, sharedCaller, sharedRightsOf } from './key.ts';
import type { Answered, Question, ResponseCache } from './response-cache.ts';
import type { CacheRules } from './rules.ts';
import type { Answer } from './store.ts';

/** One request whose operation is read. */
export interface GraphqlQuestion {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly queryHash: string | undefined;
  readonly request: Pick<OperationRequest, 'operationName' | 'variables'>;
  readonly caller: Caller;
  /** The header of the request. */
  readonly cacheControl: string | undefined;
}

/** What to look for in the cache; null: every answer is its asker's own. An administrator's `no-cache` has it made anew. */
export function questionOf(
  { document, operation, queryHash, request, caller, cacheControl }: GraphqlQuestion,
  { rules, version }: { rules: CacheRules; version: string },
): Question | null {
  const variables = request.variables ?? {};
  const keeping = rules.keeping(document, operation, variables);
  if (!keeping) return null;
  const name = request.operationName ?? null;
  const key = questionKey(['graphql', version, queryHash, name, variables, sharedRightsOf(caller).key]);
  return { type: 'graphql', key, ...keeping, afresh: caller.roles.includes('ADMIN') && /\bno-cache\b/.test(cacheControl ?? '') };
}

/** The answer has errors, or is not only data: nobody else gets it. */
export class NotKept extends Error {}

/** What others may be given of an answer. */
export function keptOf({ data, errors, extensions }: OperationAnswer): Answer {
  if (!data || errors || extensions) throw new NotKept();
  return { body: JSON.stringify(data), total: null };
}

/** In whose name an answer is made that is kept. Others may wait for it: it is not given up when this asker goes, and is made for nobody in particular. */
export function makingContext(context: GatewayContext, fence: string | undefined): GatewayContext {
  return { ...context, caller: sharedCaller(context.caller), signal: undefined, fence };
}

/** The kept text; or what this asker alone was answered, where that is not for others. `made`: it was made for this asker. */
export type KeptOrOwn = { readonly kept: Answered; readonly made: boolean } | { readonly own: OperationAnswer };

/** Answers from the cache, or by `run`, whose answer is kept where it is whole. */
export async function answerKept(
  cache: ResponseCache,
  question: Question,
  context: GatewayContext,
  run: (context: GatewayContext) => Promise<OperationAnswer>,
): Promise<KeptOrOwn> {
  let own: OperationAnswer | undefined;
  try {
    const kept = await cache.answer(question, async (fence) => {
      own = await run(makingContext(context, fence));
      return keptOf(own);
    });
    return { kept, made: own !== undefined };
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    // What another asker could not be answered may be his own trouble.
    return { own: own ?? (await run(context)) };
  }
}
