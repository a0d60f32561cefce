import type { DescriptionCheck, Json } from '@comptoir/gateway/testing/description.ts';
import fc from 'fast-check';

/** Ids that there are, by the name of the field or parameter that holds one. */
export type Ids = Readonly<Record<string, readonly (number | string)[]>>;

const ean13 = fc.integer({ min: 0, max: 999_999_999_999 }).map((number) => {
  const digits = String(number).padStart(12, '0');
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return digits + ((10 - (sum % 10)) % 10);
});
const email = fc.uuid().map((id) => `${id}@example.org`);

/** What a schema cannot say: digits that check others, and values that are to be unique. */
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = { code_barres: ean13, email };

/** Values that a schema of the description accepts. `name` is that of the field that holds the value. */
export function validValue(
  schema: Json,
  { check, ids, name = '' }: { check: DescriptionCheck; ids: Ids; name?: string },
): fc.Arbitrary<unknown> {
  const at = (inner: Json, field = name) => validValue(inner, { check, ids, name: field });
  if (schema.$ref) return at(check.resolve(schema) as Json);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const choices: Json[] | undefined = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => at(choice)));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer': {
      const { minimum: min = -1_000, maximum: max = 1_000 } = schema;
      const any = fc.oneof(
        fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) }),
        fc.integer({ min: Math.max(min, 1), max: Math.min(max, 30) }),
      );
      const known = ids[name];
      return known ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any }) : any;
    }
    case 'number': {
      const { minimum: min = -1e9, maximum: max = 1e9 } = schema;
      return fc.integer({ min: Math.ceil(min * 100), max: Math.floor(Math.min(max, 1e7) * 100) }).map((cents) => cents / 100);
    }
    case 'string':
      return ids[name]
        ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids[name]) }, { weight: 1, arbitrary: text(schema, name) })
        : text(schema, name);
    case 'array':
      return fc.array(at(schema.items), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 5, 5) });
    case 'object': {
      const fields = Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([field, inner]) => [field, at(inner, field)]);
      return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] }).map((value) => ({ ...(value as object) }));
    }
    default:
      throw new Error(`No values for the schema ${JSON.stringify(schema)}`);
  }
}

function text(schema: Json, name: string): fc.Arbitrary<string> {
  const special = byName[name] as fc.Arbitrary<string> | undefined;
  if (special) return special;
  const pattern = schema.pattern ? new RegExp(schema.pattern) : /\S/;
  const { minLength = 0, maxLength = 60 } = schema;
  if (schema.pattern?.startsWith('^')) return fc.stringMatching(pattern).filter((value) => value.length <= maxLength);
  return fc
    .string({
      unit: fc.oneof(fc.constantFrom(...'aeéçà œ’-. 1'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
      minLength: minLength + 1,
      maxLength: Math.min(maxLength, 30),
    })
    .filter((value) => pattern.test(value) && !value.includes('\0') && [...value.trim()].length >= minLength && value.length <= maxLength);
}

/** A body made wrong in one of the ways in which clients get it wrong; most of them are told from the schema, which the caller asks. */
export function spoiled(body: Record<string, unknown>): fc.Arbitrary<unknown> {
  const names = Object.keys(body);
  const some = fc.constantFrom(...(names.length > 0 ? names : ['nothing']));
  const wrong = fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    'x',
    '\0',
    'a\0b',
    '\ud800',
    -1,
    0,
    1.005,
    2 ** 31,
    2 ** 53,
    -(2 ** 53),
    1e308,
    [],
    {},
    [null],
    'x'.repeat(6_000),
    '1',
    ['x'],
    { $ne: 1 },
  );
  return fc.oneof(
    fc.tuple(some, wrong).map(([name, value]) => ({ ...body, [name]: value })),
    some.map((name) => Object.fromEntries(Object.entries(body).filter(([other]) => other !== name))),
    fc
      .tuple(fc.constantFrom('id', 'version', 'role', 'isAdmin', 'constructor', 'toString', '$where'), wrong)
      .map(([name, value]) => ({ ...body, [name]: value })),
    fc.tuple(some, some, wrong).map(([name, other, value]) => ({ ...body, [name]: value, [other]: [value] })),
    fc.constantFrom<unknown>(null, [], 'text', 1, true, [body]),
    fc.jsonValue(),
  );
}
