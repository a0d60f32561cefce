import { badUserInput, type Fault, toGraphQLError } from '@comptoir/platform/errors.ts';
import { isEmailAddress, parseId } from '@comptoir/platform/text.ts';

type Path = (string | number)[];

const forms: Readonly<Record<string, (text: string) => boolean>> = {
  email: isEmailAddress,
  firstName: (text) => text.trim() !== '',
  lastName: (text) => text.trim() !== '',
  name: (text) => text.trim() !== '',
  phone: (text) => /^\s*(\+?[\d\s().\-/]{4,30})?$/.test(text),
  sku: (text) => /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,38}[A-Za-z0-9])?$/.test(text),
  barcode: (text) => /^\s*(\d{13}\s*)?$/.test(text),
  customerId: (text) => parseId(text) !== null,
  productId: (text) => parseId(text) !== null,
};

/**
 * Refuses texts that have not the form of their field, as the subgraphs do: otherwise the shop would answer another request with what was sent to it at random.
 * @throws GraphQLError BAD_USER_INPUT naming every such field.
 */
export function refuseUnfit(input: object): void {
  const faults = faultsOf(input, ['input']);
  if (faults.length > 0) throw toGraphQLError(badUserInput(faults));
}

function faultsOf(value: unknown, path: Path): Fault[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, each]) => faultsOf(each, [...path, Array.isArray(value) ? Number(name) : name]));
  const isFit = typeof value === 'string' ? forms[String(path.at(-1))] : undefined;
  return isFit && !isFit(value as string) ? [{ path, message: 'has another form' }] : [];
}
