import { hash } from 'node:crypto';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { Generation } from '../supergraph/generation.ts';
import { questionKey, sharedCaller, sharedRightsOf } from './key.ts';
import type { Answered, ResponseCache } from './response-cache.ts';
import { cacheRulesOf, type Keeping } from './rules.ts';
import type { Answer } from './store.ts';

/** The cache as the REST facade uses it: it keeps the bytes of a route's answer, where the graph lets the route's document be kept. */
export interface RestCache {
  readonly cache: ResponseCache;
  readonly generation: () => Pick<Generation, 'supergraph' | 'version'>;
}

/** One request of a route whose answer may be kept. */
export interface RestQuestion {
  /** Names the route: its method and path. */
  readonly route: string;
  readonly document: string;
  /** All that the answer depends on beside the caller's rights. The same list for the same request again saves looking at it anew. */
  readonly input: readonly unknown[];
  readonly variables: Record<string, unknown>;
  readonly caller: Caller;
}

interface Parsed {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Names the document in keys. */
  readonly digest: string;
}

const parsed = new Map<string, Parsed>();

function parsedOnce(text: string): Parsed {
  let known = parsed.get(text);
  if (!known) {
    const document = parse(text);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (!operation) throw new Error('A route has a document without an operation');
    known = { document, operation, digest: hash('sha256', text, 'base64url').slice(0, 16) };
    parsed.set(text, known);
  }
  return known;
}

/** What one input comes to, of one version of the graph. */
interface Plan {
  readonly version: string;
  readonly keeping: Keeping | null;
  /** By the rights of who asks. */
  readonly keys: Map<string, string>;
}

const plans = new WeakMap<readonly unknown[], Plan>();
/** Sets of rights of one installation are far fewer. */
const maxKeys = 100;

function planOf({ document: text, input, variables }: RestQuestion, { supergraph, version }: ReturnType<RestCache['generation']>): Plan {
  const known = plans.get(input);
  if (known?.version === version) return known;
  const { document, operation } = parsedOnce(text);
  const plan = { version, keeping: cacheRulesOf(supergraph).keeping(document, operation, variables), keys: new Map() };
  plans.set(input, plan);
  return plan;
}

function keyOf({ version, keys }: Plan, { route, document, input, caller }: RestQuestion): string {
  const rights = sharedRightsOf(caller).key;
  let key = keys.get(rights);
  if (key === undefined) {
    key = questionKey(['rest', version, route, parsedOnce(document).digest, input, rights]);
    if (keys.size < maxKeys) keys.set(rights, key);
  }
  return key;
}

/**
 * Answers from the cache, or as `make` does in the name of a caller who is nobody but his rights; null where the route's answers are not kept.
 * Tells in X-Cache and Age. An administrator's `Cache-Control: no-cache` has it made anew.
 */
export function answerKept(
  { cache, generation }: RestCache,
  question: RestQuestion,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  make: (caller: Caller, fence: string | undefined) => Promise<Answer>,
): NowOrLater<Answered | null> {
  const plan = planOf(question, generation());
  const { keeping } = plan;
  if (!keeping) return null;
  const { caller } = question;
  const afresh = caller.roles.includes('ADMIN') && /\bno-cache\b/.test(request.headers['cache-control'] ?? '');
  const key = keyOf(plan, question);
  const { tags, ttlMs } = keeping;
  const answered = cache.answer({ type: 'rest', key, tags, ttlMs, afresh }, (fence) => make(sharedCaller(caller), fence));
  return andThen(answered, (answered) => {
    reply.header('x-cache', answered.state).header('age', answered.ageSeconds);
    return answered;
  });
}
