import { collectionDefaults } from './postman.ts';
import { queryOf, type WalkChapter, type WalkRequest } from './requests.ts';

/** The walk as a .http file, as Visual Studio Code (REST Client), Visual Studio and httpYac read it: `# @name` names an answer, from which a variable is taken. */
export function httpFile(chapters: readonly WalkChapter[]): string {
  const head = [
    '# Comptoir : façade REST. Toutes les routes, dans un ordre qui marche : ce qui est lu, modifié et supprimé a été créé avant.',
    ...Object.entries(collectionDefaults).map(([name, value]) => `@${name} = ${value}`),
  ].join('\n');
  let taken = '';
  const blocks = chapters.flatMap(({ title, requests }) =>
    requests.map((request, index) => {
      const block = `### ${index === 0 ? `${title} : ` : ''}${request.title}\n${taken}${blockOf(request)}`;
      taken = Object.entries(request.captures)
        .map(([variable, field]) => `@${variable} = {{${request.name}.response.body.$.${field}}}\n`)
        .join('');
      return block;
    }),
  );
  return `${[head, ...blocks].join('\n\n')}\n`;
}

function blockOf(request: WalkRequest): string {
  const { name, method, path, body, open, status, answer } = request;
  return [
    `# @name ${name}`,
    `# Répond ${status} : ${answer}`,
    `${method} {{baseUrl}}${path}${queryOf(request)}`,
    ...(open ? [] : ['X-API-Key: {{apiKey}}']),
    ...(body === undefined ? [] : ['Content-Type: application/json', '', body]),
  ].join('\n');
}
