import { type ASTNode, GraphQLError, Kind, parse, type Source } from 'graphql';
import type { Fault } from './errors.ts';

/** What graphql-js says of variables and arguments that do not fit, found while it begins to execute. */
const variableMessage = /^Variable "\$(?<name>\w+)" (?:got invalid value|has invalid value|of (?:required|non-null) type)/;
const argumentMessage = /^Argument "(?<name>\w+)" (?:of (?:required|non-null) type|has invalid value)/;

/** Whether the error is graphql-js speaking of the caller's input. Errors that resolvers throw are not, whatever they say. */
export function isInputError(error: unknown): boolean {
  return chain(error).some(
    ({ message, nodes }, depth) =>
      (variableMessage.test(message) && nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) ||
      (depth > 0 && nodes !== undefined && argumentMessage.test(message)),
  );
}

/** The faults that an error of graphql-js names, with the place in the input where that can be told. `message` is what the caller may read. */
export function faultsOf(error: unknown, message: string): Fault[] {
  const variable = variableMessage.exec(message)?.groups?.name;
  if (variable !== undefined) {
    // `Variable "$input" got invalid value "x" at "input.tasks[3].n1"; Float cannot represent …`
    const at = / at "(?<path>[^"]+)"; (?<why>.*)$/s.exec(message)?.groups;
    const why = at?.why ?? /; (?<why>.*)$/s.exec(message)?.groups?.why ?? message;
    return [{ path: at?.path ? parsePath(at.path) : [variable], message: why }];
  }
  const argument = argumentMessage.exec(message)?.groups?.name;
  if (argument !== undefined) return [{ path: [argument], message }];
  const node = chain(error).find(({ nodes }) => nodes !== undefined)?.nodes?.[0];
  return [{ path: node?.loc ? placeInDocument(node.loc.source, node) : [], message }];
}

/** The error and those it was made of, as far as they are GraphQL's: graphql-js and Apollo Server wrap errors in errors. */
function chain(error: unknown): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (let current = error; current instanceof GraphQLError && errors.length < 5; current = current.originalError) errors.push(current);
  return errors;
}

/** `input.tasks[3].n1` → ['input', 'tasks', 3, 'n1'] */
function parsePath(path: string): (string | number)[] {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Fields, arguments, input fields and list indices that lead to a node of an operation; the document is parsed again, as an error keeps no parents. */
function placeInDocument(source: Source, wanted: ASTNode): (string | number)[] {
  const { start = 0, end = 0 } = wanted.loc ?? {};
  const path: (string | number)[] = [];
  let node: ASTNode | undefined = parse(source);
  while (node) {
    const step = stepOf(node);
    if (step !== null) path.push(step);
    if (node.loc?.start === start && node.loc.end === end) break;
    const children = childNodes(node);
    const index: number = children.findIndex(({ loc }) => loc !== undefined && loc.start <= start && loc.end >= end);
    if (node.kind === Kind.LIST && index >= 0) path.push(index);
    node = children[index];
  }
  return path;
}

function stepOf(node: ASTNode): string | null {
  switch (node.kind) {
    case Kind.FIELD:
      return node.alias?.value ?? node.name.value;
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return node.name.value;
    default:
      return null;
  }
}

function childNodes(node: ASTNode): ASTNode[] {
  const children: ASTNode[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc') continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof (item as ASTNode | undefined)?.kind === 'string') children.push(item as ASTNode);
    }
  }
  return children;
}
