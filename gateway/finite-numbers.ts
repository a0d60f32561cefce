import { type ASTVisitor, type FloatValueNode, GraphQLError, type IntValueNode, type ValidationContext } from 'graphql';

/** Refuses numbers in a document that are too large for a double: graphql-js reads them as infinite, and no subgraph can be asked with an infinite one. */
export function finiteNumbersRule(context: ValidationContext): ASTVisitor {
  const look = (node: FloatValueNode | IntValueNode) => {
    if (Number.isFinite(Number(node.value))) return;
    context.reportError(new GraphQLError(`${node.value} is not a finite number`, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }));
  };
  return { FloatValue: look, IntValue: look };
}
