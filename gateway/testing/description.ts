import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document, walked by its names.
export type Json = Record<string, any>;

export interface GivenAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface DescriptionCheck {
  /** Follows a reference; anything else is itself. */
  resolve(node: Json | undefined): Json | undefined;
  /** A validator for a schema of the description. */
  validator(schema: Json): ValidateFunction;
  /** What is wrong with an answer by the description; empty: nothing. */
  faultsOfAnswer(method: string, path: string, answer: GivenAnswer): string[];
}

/** Holds answers against an OpenAPI description: status, headers, content type and body. */
export function checkAgainst(description: Json): DescriptionCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default.default(ajv);
  ajv.addSchema({ $id: 'api', components: description.components });
  const validators = new Map<string, ValidateFunction>();

  function resolve(node: Json | undefined): Json | undefined {
    const steps: string[] = node?.$ref ? node.$ref.slice(2).split('/') : [];
    return steps.length > 0 ? steps.reduce((at: Json, step: string) => at[step] as Json, description) : node;
  }

  function validator(schema: Json): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
    const check = validators.get(text) ?? ajv.compile(JSON.parse(text));
    validators.set(text, check);
    return check;
  }

  return {
    resolve,
    validator,
    faultsOfAnswer(method, path, { status, headers, body }) {
      const operation = description.paths[path]?.[(method === 'HEAD' ? 'GET' : method).toLowerCase()];
      const response = resolve(operation?.responses[status]);
      if (!response) return [`${method} ${path} does not tell of ${status}: ${body.slice(0, 500)}`];
      const faults = Object.keys(response.headers)
        .filter((name) => headers[name.toLowerCase()] === undefined)
        .map((name) => `${method} ${path} ${status}: ${name} is missing`);
      const type = String(headers['content-type']).split(';', 1)[0] ?? '';
      if (body === '' && (method === 'HEAD' || !response.content)) return faults;
      const schema = response.content?.[type]?.schema;
      if (!schema) return [...faults, `${method} ${path} ${status}: ${type} is not told of`];
      if (type !== 'application/json') return faults;
      const check = validator(schema);
      return check(JSON.parse(body))
        ? faults
        : [...faults, `${method} ${path} ${status}: ${ajv.errorsText(check.errors)}: ${body.slice(0, 500)}`];
    },
  };
}
