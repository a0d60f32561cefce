import type { GraphQLFormattedError } from 'graphql';
import type { PostResult } from './post.ts';

export interface RawAnswer {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/**
 * What a subgraph answered: something to use; `stopping`, where it says that it takes nothing any more and has done nothing; `unusable`, which tells of no
 * GraphQL at all, or of one that does not know us.
 */
export type Reading =
  | { readonly kind: 'answer'; readonly answer: RawAnswer }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'unusable' };

export function readAnswer({ status, text }: PostResult): Reading {
  const answer = parseAnswer(text);
  if (status === 503 && answer?.errors?.[0]?.extensions?.code === 'SHUTTING_DOWN') return { kind: 'stopping' };
  if (!answer || (status >= 500 && !answer.errors) || status === 401) return { kind: 'unusable' };
  return { kind: 'answer', answer };
}

function parseAnswer(text: string): RawAnswer | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) return null;
    const { data, errors } = answer as { data?: Record<string, unknown> | null; errors?: unknown };
    return { data, ...(Array.isArray(errors) && errors.length > 0 && { errors }) };
  } catch {
    // Not JSON: the caller says so in its log.
    return null;
  }
}
