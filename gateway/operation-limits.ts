import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';

export interface OperationLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Applied anywhere in the document, on fields, fragments, operations and variables. */
  readonly directives: number;
  /** Of one thing: more of them there say the same again. */
  readonly directivesAtOnePlace: number;
  /** Counted by the parser, which stops there. The validator's comparison of fields grows with the square of it: some fortieth of a second at this many. */
  readonly tokens: number;
  /** Reads of rows that the operation may cause at most, by operation-cost.ts with the values of its variables. */
  readonly cost: number;
  /** Levels of objects and lists within the variables. */
  readonly variablesDepth: number;
}

export const defaultOperationLimits: OperationLimits = {
  depth: 15,
  aliases: 50,
  rootFields: 20,
  directives: 50,
  directivesAtOnePlace: 4,
  tokens: 2_500,
  cost: 10_000,
  variablesDepth: 12,
};

/** What a limit is called in messages. */
const names = {
  depth: 'depth',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  directivesAtOnePlace: 'directives at one place',
  tokens: 'tokens',
  cost: 'cost',
  variablesDepth: 'depth of variables',
} as const satisfies Record<keyof OperationLimits, string>;

/** The refusal of an operation that is past a limit. How far it is, and where the limit lies, is for development only. */
export function limitExceeded(
  limit: keyof OperationLimits,
  value: number,
  { limits, tellLimits }: { limits: OperationLimits; tellLimits: boolean },
): GraphQLError {
  const name = names[limit];
  return new GraphQLError(
    tellLimits ? `The operation has ${name} ${value}; the limit is ${limits[limit]}` : `The operation exceeds the limit of ${name}`,
    { extensions: { code: 'OPERATION_LIMIT', ...(tellLimits && { [limit]: { value, limit: limits[limit] } }), http: { status: 400 } } },
  );
}

/** The most any count may become before counting stops: fragments within fragments multiply. */
const enough = 1_000_000;

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

/** Refuses operations that are deeper, wider or more aliased than any screen needs; fragments count each time they are spread. */
export function operationLimitRules(limits: OperationLimits, { tellLimits }: { tellLimits: boolean }): ValidationRule[] {
  const refuse = (limit: keyof OperationLimits, value: number) => limitExceeded(limit, value, { limits, tellLimits });

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
      Document(document: DocumentNode) {
        const { total, atOnePlace } = countDirectives(document);
        if (total > limits.directives) context.reportError(refuse('directives', total));
        if (atOnePlace > limits.directivesAtOnePlace) context.reportError(refuse('directivesAtOnePlace', atOnePlace));
      },
      OperationDefinition(operation: OperationDefinitionNode) {
        const { depth, aliases, fields } = sizeOf(operation.selectionSet);
        if (depth > limits.depth) context.reportError(refuse('depth', depth));
        if (aliases > limits.aliases) context.reportError(refuse('aliases', aliases));
        if (fields > limits.rootFields) context.reportError(refuse('rootFields', fields));
      },
    };
  };
  return [rule];
}

function countDirectives(document: DocumentNode): { total: number; atOnePlace: number } {
  let [total, atOnePlace] = [0, 0];
  visit(document, {
    enter(node) {
      const directives = 'directives' in node ? (node.directives as readonly DirectiveNode[] | undefined) : undefined;
      if (!directives) return;
      total += directives.length;
      atOnePlace = Math.max(atOnePlace, directives.length);
    },
  });
  return { total, atOnePlace };
}

const nothing: Size = { depth: 0, aliases: 0, fields: 0 };

function isAliased({ alias, name }: FieldNode): boolean {
  return alias !== undefined && alias.value !== name.value;
}
