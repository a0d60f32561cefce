import { type FieldNode, type GraphQLResolveInfo, getArgumentValues, type ResponsePath } from 'graphql';
import type { FieldPlan, ObjectPlan } from './plan.ts';
import { fail, isPromise, type Run, throwWhenThere, whenThere } from './run.ts';

type Answer = Record<string, unknown>;

/** The fields of an object, all at once. */
export function runFields(run: Run, { fields }: ObjectPlan, source: unknown, path: ResponsePath | undefined): Answer | Promise<Answer> {
  const answer: Answer = {};
  const pending: PromiseLike<unknown>[] = [];
  const names: string[] = [];
  try {
    for (const field of fields) {
      const value = runField(run, field, source, path);
      answer[field.name] = value;
      if (!isPromise(value)) continue;
      pending.push(value);
      names.push(field.name);
    }
  } catch (error) {
    return throwWhenThere(error, pending);
  }
  if (pending.length === 0) return answer;
  return whenThere(answer, pending, (value, index) => {
    answer[names[index] as string] = value;
  });
}

/** The fields of a mutation, each when the one before is done. */
export function runFieldsInTurn(run: Run, { fields }: ObjectPlan, source: unknown): Answer | Promise<Answer> {
  const answer: Answer = {};
  const from = (start: number): Answer | Promise<Answer> => {
    for (let index = start; index < fields.length; index++) {
      const field = fields[index] as FieldPlan;
      const value = runField(run, field, source, undefined);
      if (isPromise(value)) {
        return Promise.resolve(value).then((done) => {
          answer[field.name] = done;
          return from(index + 1);
        });
      }
      answer[field.name] = value;
    }
    return answer;
  };
  return from(0);
}

function runField(run: Run, plan: FieldPlan, source: unknown, parent: ResponsePath | undefined): unknown {
  if (plan.typeName !== null) return plan.typeName;
  // Below a leaf nothing is answered, so that only an error asks where it is.
  const path = plan.isLeaf && !plan.field.resolve ? undefined : pathOf(plan, parent);
  try {
    const value = resolve(run, plan, source, parent, path);
    if (isPromise(value)) return whenResolved(run, plan, value, path ?? pathOf(plan, parent));
    const completed = plan.complete(run, path, value);
    if (!isPromise(completed)) return completed;
    return completed.then(undefined, (error: unknown) => fail(run, error, plan, plan.nullable, path ?? pathOf(plan, parent)));
  } catch (error) {
    return fail(run, error, plan, plan.nullable, path ?? pathOf(plan, parent));
  }
}

const pathOf = ({ name, type }: FieldPlan, prev: ResponsePath | undefined): ResponsePath => ({ prev, key: name, typename: type.name });

function whenResolved(run: Run, plan: FieldPlan, value: PromiseLike<unknown>, path: ResponsePath): PromiseLike<unknown> {
  const failed = (error: unknown) => fail(run, error, plan, plan.nullable, path);
  return value.then((resolved) => {
    try {
      const completed = plan.complete(run, path, resolved);
      return isPromise(completed) ? completed.then(undefined, failed) : completed;
    } catch (error) {
      return failed(error);
    }
  }, failed);
}

/** As defaultFieldResolver of graphql-js where the field has no resolver. */
function resolve(run: Run, plan: FieldPlan, source: unknown, parent: ResponsePath | undefined, path: ResponsePath | undefined): unknown {
  const { field } = plan;
  const args = plan.takesArguments ? getArgumentValues(field, plan.nodes[0] as FieldNode, run.variableValues) : {};
  const info = () => infoOf(run, plan, path ?? pathOf(plan, parent));
  if (field.resolve) return field.resolve(source, args, run.contextValue, info());
  if ((typeof source !== 'object' || source === null) && typeof source !== 'function') return undefined;
  const property = (source as Answer)[field.name];
  return typeof property === 'function' ? property.call(source, args, run.contextValue, info()) : property;
}

export function infoOf(
  run: Run,
  { field, nodes, type }: Pick<FieldPlan, 'field' | 'nodes' | 'type'>,
  path: ResponsePath,
): GraphQLResolveInfo {
  return {
    fieldName: field.name,
    fieldNodes: nodes,
    returnType: field.type,
    parentType: type,
    path,
    schema: run.schema,
    fragments: run.fragments,
    rootValue: run.rootValue,
    operation: run.operation,
    variableValues: run.variableValues,
  };
}
