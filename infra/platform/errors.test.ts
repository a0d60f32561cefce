import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { badUserInput, ComptoirError, errorCodeOf, httpStatusOf, toGraphQLError } from './errors.ts';
import { createLog } from './log.ts';
import { maskErrors } from './mask-errors.ts';

const schema = buildSchema(`
  input TaskInput { n1: Float! n2: Float! tags: [Int!] }
  type Query { add(tasks: [TaskInput!]! first: Int): Float total: Int! }
`);

function masker(production = false) {
  const lines: string[] = [];
  const log = createLog({ service: 'test' }, { write: (line: string) => void lines.push(line) });
  const format = maskErrors({ production, log });
  return { lines, mask: (error: unknown) => format(toGraphQLError(error).toJSON(), error) };
}

describe('errors', () => {
  it('carry their code and faults to GraphQL', () => {
    const error = badUserInput([{ path: ['input', 'tasks', 3, 'n1'], message: 'must be a finite number' }]);
    expect(error.message).toBe('input.tasks[3].n1: must be a finite number');
    expect(toGraphQLError(error).toJSON()).toMatchObject({
      message: error.message,
      extensions: { code: 'BAD_USER_INPUT', faults: error.faults },
    });
    expect(httpStatusOf(error)).toBe(422);
  });

  it('tell nothing of what was not meant for callers', () => {
    const error = toGraphQLError(new TypeError('password of db is hunter2'));
    expect(error.toJSON()).toMatchObject({ extensions: { code: 'INTERNAL' } });
    expect(error.message).not.toContain('hunter2');
    expect(error.originalError).toBeInstanceOf(TypeError);
  });

  it('of other servers are read in the terms of the catalogue', () => {
    const codes = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'DOWNSTREAM_SERVICE_ERROR', undefined, 'toString', 'CONFLICT'];
    expect(codes.map(errorCodeOf)).toEqual(['BAD_REQUEST', 'BAD_USER_INPUT', 'INTERNAL', 'INTERNAL', 'INTERNAL', 'CONFLICT']);
  });
});

describe('maskErrors', () => {
  it('lets errors of the catalogue out as they are, also from within a resolver', () => {
    const { mask, lines } = masker();
    const located = new GraphQLError('taken', { path: ['a', 0], originalError: new ComptoirError('CONFLICT', 'taken') });
    expect(mask(located)).toEqual({ message: 'taken', path: ['a', 0], extensions: { code: 'CONFLICT' } });
    expect(lines).toEqual([]);
  });

  it('hides anything else behind a reference that is in the log with the whole error', () => {
    const { mask, lines } = masker();
    const located = new GraphQLError('relation "task" does not exist', {
      path: ['a'],
      originalError: new Error('relation "task" does not exist'),
    });
    const { message, path, extensions } = mask(located);
    expect(message).not.toContain('relation');
    expect(path).toEqual(['a']);
    expect(extensions?.code).toBe('INTERNAL');
    expect(message).toContain(extensions?.reference);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      event: 'unexpected_error',
      reference: extensions?.reference,
      err: { message: 'relation "task" does not exist' },
    });
  });

  it('says of a database that is away, or has no session left, that another try may succeed', () => {
    const { mask, lines } = masker();
    const busy = new Error('timeout exceeded when trying to connect');
    const refused = new Error('the query failed', { cause: Object.assign(new Error('connect 10.0.0.7:5432'), { code: 'ECONNREFUSED' }) });
    for (const originalError of [busy, refused]) {
      const masked = mask(new GraphQLError(originalError.message, { path: ['a'], originalError }));
      expect(masked).toEqual({ message: expect.not.stringContaining('10.0'), path: ['a'], extensions: { code: 'SERVICE_UNAVAILABLE' } });
    }
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['dependency_away', 'dependency_away']);
  });

  it('names every fault of variables, with its place', async () => {
    const { mask } = masker();
    const document = parse('query ($tasks: [TaskInput!]!, $first: Int) { add(tasks: $tasks, first: $first) }');
    const result = await execute({
      schema,
      document,
      variableValues: {
        tasks: [
          { n1: 'x', n2: 1 },
          { n1: 1, extra: 2, tags: [1, '2'] },
        ],
        first: 1.5,
      },
    });
    const masked = (result.errors ?? []).map(mask);
    expect(masked.map(({ extensions }) => extensions?.code)).toEqual(Array(5).fill('BAD_USER_INPUT'));
    const faults = masked.flatMap(({ extensions }) => (extensions as { faults: { path: unknown[]; message: string }[] }).faults);
    expect(faults.map(({ path }) => path)).toEqual([['tasks', 0, 'n1'], ['tasks', 1], ['tasks', 1, 'tags', 1], ['tasks', 1], ['first']]);
    expect(faults[0]?.message).toBe('Float cannot represent non numeric value: "x"');
  });

  it('names a variable that is missing', async () => {
    const { mask } = masker();
    const result = await execute({ schema, document: parse('query ($tasks: [TaskInput!]!) { add(tasks: $tasks) }') });
    expect(mask(result.errors?.[0]).extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ path: ['tasks'] }] });
  });

  it('names an argument that a nullable variable left null', async () => {
    const { mask } = masker();
    const withDefault = buildSchema('type Query { page(first: Int! = 50): Int }');
    const result = await execute({
      schema: withDefault,
      document: parse('query ($n: Int) { page(first: $n) }'),
      variableValues: { n: null },
    });
    expect(mask(result.errors?.[0])).toMatchObject({
      path: ['page'],
      extensions: { code: 'BAD_USER_INPUT', faults: [{ path: ['first'] }] },
    });
  });

  it('names the place of faults in the document itself', () => {
    const { mask } = masker();
    const faults = validate(schema, parse('{ sum: add(tasks: [{ n1: 1, n2: 2 }, { n1: "x", n2: 2 }]) nothing }'));
    const masked = faults.map((fault) =>
      mask(new GraphQLError(fault.message, { nodes: fault.nodes, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })),
    );
    expect(masked.flatMap(({ extensions }) => (extensions as { faults: { path: unknown[] }[] }).faults.map(({ path }) => path))).toEqual(
      expect.arrayContaining([['sum', 'tasks', 1, 'n1'], ['nothing']]),
    );
  });

  it('does not take a resolver that talks like graphql-js for a fault of the caller', () => {
    const { mask } = masker();
    expect(mask(new GraphQLError('x', { originalError: new Error('Variable "$a" got invalid value 1') })).extensions?.code).toBe(
      'INTERNAL',
    );
  });

  it('suggests names in development only', () => {
    const suggestion = new GraphQLError('Cannot query field "totl" on type "Query". Did you mean "total"?', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(masker(false).mask(suggestion).message).toContain('Did you mean "total"?');
    expect(JSON.stringify(masker(true).mask(suggestion))).not.toContain('total');
  });

  it('hands on the reference of an error that a subgraph masked', () => {
    const { mask, lines } = masker();
    const extensions = { code: 'INTERNAL', reference: 'r1', serviceName: 'compute' };
    expect(mask(new GraphQLError('Something went wrong. Reference: r1', { extensions })).extensions).toEqual({
      code: 'INTERNAL',
      reference: 'r1',
    });
    expect(lines).toEqual([]);
  });
});
