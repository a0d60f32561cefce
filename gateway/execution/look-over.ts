import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { isInherited } from './json.ts';
import { Unsupported } from './unsupported.ts';

/** What the compilation of an operation has to know of it. */
export interface Overview {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that `@skip` and `@include` ask, anywhere in the document. */
  readonly conditions: readonly string[];
  /** The values that variables of the operation have where a client sends none, as far as they are truth values. */
  readonly defaults: Readonly<Record<string, boolean>>;
}

/** @throws Unsupported where the answer would hold what only Apollo's executor can say. */
export function lookOver(document: DocumentNode, operation: OperationDefinitionNode): Overview {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const conditions = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition !== operation) continue;
    visit(definition, {
      Field({ name, alias }) {
        if (name.value === '__schema' || name.value === '__type') throw new Unsupported('introspection');
        if (isInherited((alias ?? name).value)) throw new Unsupported('a key that every object knows');
      },
      Directive({ name, arguments: given }) {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
      },
    });
  }
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
  );
  return { fragments, conditions: [...conditions], defaults: Object.fromEntries(defaults) };
}
