import type { GeneratedFile } from '../generated-files.ts';
import { type FieldRight, fieldRights } from '../rights.ts';
import { subgraphNames } from '../sdl.ts';

const roles = ['ADMIN', 'MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST', 'DEVICE', 'INTEGRATION'];
const roots = ['Query', 'Mutation', 'Subscription'];

/** Who may do what, as a table to read: role × operation, and the fields that not everybody sees who sees the rest. */
export function rightsTable(): GeneratedFile {
  const all = [...fieldRights()].filter(([, { hidden }]) => !hidden);
  const isRoot = ([name]: [string, FieldRight]) => roots.includes(name.split('.')[0] ?? '');
  const sections = subgraphNames.map((service) => {
    const own = all.filter(([, right]) => right.service === service);
    const operations = own.filter(isRoot).toSorted(([a], [b]) => order(a) - order(b));
    const fields = own.filter((entry) => !isRoot(entry) && entry[1].roles !== null);
    return `## ${service}\n\n${table('operation', operations)}${fields.length > 0 ? `\n${table('field', fields)}` : ''}`;
  });
  const content = `<!-- Generated from schema/sdl by schema/generate.ts. -->
# Rights

Who may ask for what, as schema/sdl declares it (\`@allow\`, \`@store\`, \`@public\`) and the subgraphs keep it. ● may; for a field, also whoever may read the object it is of.
Places: \`own\` takes one's own place, \`seen\` one's own or one that all may see, \`all\` a principal that is bound to none; administrators are bound to none.

${sections.join('\n')}`;
  return { path: 'docs/rights.md', content };
}

const order = (name: string) => roots.indexOf(name.split('.')[0] ?? '');

function table(what: string, rows: readonly [string, FieldRight][]): string {
  const head = [what, ...roles.map((role) => role.toLowerCase()), 'places'];
  const lines = rows.map(([name, { roles: allowed, open, places }]) => [
    name,
    ...roles.map((role) => (open ? '○' : !allowed || allowed.has(role) ? '●' : '')),
    open
      ? 'without a credential'
      : places.map(({ path, change, everywhere }) => `${path}: ${everywhere ? 'all' : change ? 'own' : 'seen'}`).join(', '),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
