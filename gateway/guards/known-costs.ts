import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { createLru, type Lru } from '../lru.ts';
import { operationCost, sizeArguments } from '../operation-cost.ts';

export type CostOf = typeof operationCost;

interface Known {
  /** The variables that the cost depends on. */
  readonly variables: readonly string[];
  readonly costs: Lru<string, number>;
}

const costsOfOne = 50;

/** The cost of operations, worked out once for each combination of what it depends on: sizes of pages, and conditions. */
export function createKnownCosts(): CostOf {
  const known = new WeakMap<OperationDefinitionNode, Known>();
  return (request, weights) => {
    const { document, operation } = request;
    let found = known.get(operation);
    if (!found) {
      found = { variables: variablesOf(document), costs: createLru(costsOfOne) };
      known.set(operation, found);
    }
    const key = found.variables.map((name) => told(request.variables[name])).join();
    let cost = found.costs.get(key);
    if (cost === undefined) {
      cost = operationCost(request, weights);
      found.costs.set(key, cost);
    }
    return cost;
  };
}

/** All that a cost tells apart of a value, which may be of any type: it has not been looked at yet. */
function told(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : typeof value;
}

function variablesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (value.kind === Kind.VARIABLE && (name.value === 'if' || sizeArguments.includes(name.value))) names.add(value.name.value);
    },
  });
  return [...names];
}
