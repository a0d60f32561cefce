import type { ConditionNode, FetchNode, PlanNode } from '@apollo/query-planner';
import { compileFetch, type FetchPlace } from './fetch-step.ts';
import { placeOf } from './places.ts';
import type { Step, Variables } from './run.ts';
import { Unsupported } from './unsupported.ts';

export interface StepScope extends Omit<FetchPlace, 'place'> {
  /** The values of variables of conditions where a client sends none. */
  readonly defaults: Variables;
}

/**
 * Makes a plan, or a part of it, into the function that runs it.
 * @throws Unsupported
 */
export function compileSteps(node: PlanNode, scope: StepScope, place: readonly string[] = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node as FetchNode, { ...scope, place });
    case 'Sequence':
      return inSequence(node.nodes.map((each) => compileSteps(each, scope, place)));
    case 'Parallel':
      return inParallel(node.nodes.map((each) => compileSteps(each, scope, place)));
    case 'Flatten': {
      const inner = placeOf(node.path);
      if (!inner) throw new Unsupported('path');
      return compileSteps(node.node, scope, [...place, ...inner]);
    }
    case 'Condition':
      return eitherOr(node, scope, place);
    default:
      throw new Unsupported(node.kind);
  }
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

function eitherOr({ condition, ifClause, elseClause }: ConditionNode, scope: StepScope, place: readonly string[]): Step {
  const yes = ifClause && compileSteps(ifClause, scope, place);
  const no = elseClause && compileSteps(elseClause, scope, place);
  return (run) => (conditionOf(condition, run.variables, scope.defaults) ? yes : no)?.(run);
}

/** The value of a variable in a condition. */
export function conditionOf(name: string, variables: Variables, defaults: Variables): boolean {
  const value = Object.hasOwn(variables, name) && variables[name] !== undefined ? variables[name] : defaults[name];
  if (typeof value !== 'boolean') throw new Error(`The variable $${name} of a condition is ${value}`);
  return value;
}
