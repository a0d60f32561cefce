import {
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Counted by the parser, which stops there. */
  readonly tokens: number;
}

export const defaultOperationLimits: OperationLimits = { depth: 15, aliases: 50, rootFields: 20, tokens: 10_000 };

/** The most any of the three counts may become before counting stops: fragments within fragments multiply. */
const enough = 1_000_000;

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

/** Refuses operations that are deeper, wider or more aliased than any screen needs; fragments count each time they are spread. */
export function operationLimitRules(limits: OperationLimits, { tellLimits }: { tellLimits: boolean }): ValidationRule[] {
  const refuse = (what: string, value: number, limit: number) =>
    new GraphQLError(
      tellLimits ? `The operation has ${what} ${value}; the limit is ${limit}` : `The operation exceeds the limit of ${what}`,
      {
        extensions: { code: 'OPERATION_LIMIT' },
      },
    );

  const rule = (context: ValidationContext) => {
    const fragmentSizes = new Map<string, Size>();

    const sizeOf = (selectionSet: SelectionSetNode): Size => {
      let [depth, aliases, fields] = [0, 0, 0];
      const take = (size: Size, own: number) => {
        depth = Math.max(depth, size.depth + own);
        aliases = Math.min(enough, aliases + size.aliases);
      };
      for (const selection of selectionSet.selections) {
        if (selection.kind === Kind.FIELD) {
          fields++;
          take(selection.selectionSet ? sizeOf(selection.selectionSet) : nothing, 1);
          if (isAliased(selection)) aliases++;
        } else {
          const inner = selection.kind === Kind.INLINE_FRAGMENT ? sizeOf(selection.selectionSet) : sizeOfFragment(selection.name.value);
          take(inner, 0);
          fields = Math.min(enough, fields + inner.fields);
        }
      }
      return { depth, aliases, fields };
    };

    const sizeOfFragment = (name: string): Size => {
      const known = fragmentSizes.get(name);
      if (known) return known;
      // A fragment that reaches itself counts as nothing there; another rule refuses it.
      fragmentSizes.set(name, nothing);
      const fragment = context.getFragment(name);
      const size = fragment ? sizeOf(fragment.selectionSet) : nothing;
      fragmentSizes.set(name, size);
      return size;
    };

    return {
      OperationDefinition(operation: OperationDefinitionNode) {
        const { depth, aliases, fields } = sizeOf(operation.selectionSet);
        if (depth > limits.depth) context.reportError(refuse('depth', depth, limits.depth));
        if (aliases > limits.aliases) context.reportError(refuse('aliases', aliases, limits.aliases));
        if (fields > limits.rootFields) context.reportError(refuse('root fields', fields, limits.rootFields));
      },
    };
  };
  return [rule];
}

const nothing: Size = { depth: 0, aliases: 0, fields: 0 };

function isAliased({ alias, name }: FieldNode): boolean {
  return alias !== undefined && alias.value !== name.value;
}
