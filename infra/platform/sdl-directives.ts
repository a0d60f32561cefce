import type { ConstDirectiveNode } from 'graphql';

interface Node {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** A type, field, argument or input field of a schema that was built from SDL. */
export interface WithDirectives {
  readonly astNode?: Node | null | undefined;
  readonly extensionASTNodes?: readonly Node[] | undefined;
}

/** The directives of that name at the element, also where it was extended. */
export function directivesOf({ astNode, extensionASTNodes }: WithDirectives, name: string): ConstDirectiveNode[] {
  return [...(astNode ? [astNode] : []), ...(extensionASTNodes ?? [])].flatMap(({ directives }) =>
    (directives ?? []).filter((directive) => directive.name.value === name),
  );
}
