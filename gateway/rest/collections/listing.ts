import { contractRoutes } from '@comptoir/schema/rest-contract.ts';
import type { DescribedRoutes } from '../openapi.ts';

/** Every route of the REST contract with who answers it and whether it is served by now, then what is served beside them; Markdown. */
export function routeListing({ rest, own = [], described }: DescribedRoutes): string {
  const served = new Map([...rest, ...own, ...described].map((route) => [`${route.method} ${route.path}`, route]));
  const promised = new Set(contractRoutes.map(({ method, path }) => `${method} ${path}`));
  const rows = contractRoutes.map(({ method, path, area, owner }) => {
    const route = served.get(`${method} ${path}`);
    return `| ${area} | \`${method} ${path}\` | ${owner} | ${route ? route.operationId : 'missing'} |`;
  });
  const beside = [...served]
    .filter(([name]) => !promised.has(name))
    .map(([name, { operationId }]) => `| Own | \`${name}\` | gateway | ${operationId} |`);
  const count = contractRoutes.filter(({ method, path }) => served.has(`${method} ${path}`)).length;
  return [
    '# The routes of the REST contract',
    '',
    'Generated from schema/rest-contract.ts and the routes of gateway/rest. A route is missing until there is the subgraph that it is answered by.',
    '',
    `${count} of ${contractRoutes.length} are served.`,
    '',
    '| Area | Route | Answered by | Operation |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...beside,
    '',
  ].join('\n');
}
