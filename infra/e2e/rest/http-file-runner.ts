import { randomUUID } from 'node:crypto';

export interface HttpFileResult {
  readonly name: string;
  /** The status that the file says the request is answered with. */
  readonly expected: number;
  readonly status: number;
}

/**
 * Runs a .http file as editors do: blocks between `###`, `@name = value`, `# @name`, `{{variable}}`, `{{request.response.body.$.field}}` and `{{$guid}}`.
 * @param given instead of the variables that the file itself sets
 */
export async function runHttpFile(text: string, given: Readonly<Record<string, string>>): Promise<HttpFileResult[]> {
  const variables: Record<string, string> = {};
  const answers: Record<string, Record<string, unknown>> = {};
  const results: HttpFileResult[] = [];

  const fill = (part: string): string =>
    part.replace(/\{\{([^}]+)\}\}/g, (_, name: string) => {
      if (name === '$guid') return randomUUID();
      const [, request = '', field = ''] = /^(\w+)\.response\.body\.\$\.(\w+)$/.exec(name) ?? [];
      const value = request ? answers[request]?.[field] : (given[name] ?? variables[name]);
      if (value === undefined) throw new Error(`The file uses ${name}, which nothing gave`);
      return String(value);
    });

  for (const block of text.split(/^###.*$/m)) {
    const lines = block.trim().split('\n');
    let name = '';
    let expected = 0;
    while (lines[0] !== undefined && /^[#@]|^\s*$/.test(lines[0])) {
      const line = lines.shift() ?? '';
      const [, variable, value = ''] = /^@(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
      if (variable) variables[variable] = fill(value);
      name = /^# @name (\w+)$/.exec(line)?.[1] ?? name;
      expected = Number(/^# Répond (\d{3})/.exec(line)?.[1] ?? expected);
    }
    const request = lines.shift();
    if (request === undefined) continue;
    const [method = '', url = ''] = fill(request).split(' ');
    const end = lines.includes('') ? lines.indexOf('') : lines.length;
    const headers = lines.slice(0, end).map((line) => fill(line).split(/:\s*/, 2) as [string, string]);
    const body = fill(lines.slice(end + 1).join('\n'));
    const response = await fetch(url, { method, headers, ...(body ? { body } : {}) });
    const answer = await response.text();
    if (response.headers.get('content-type')?.startsWith('application/json')) answers[name] = JSON.parse(answer || '{}');
    results.push({ name, expected, status: response.status });
  }
  return results;
}
