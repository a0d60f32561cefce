/** runService in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

/** Starts a process whose service does what `start` and `stop` say, and whose `deps` are as given, in JavaScript. */
function startProcess({ start = '', stop = '', deps = '' }: { start?: string; stop?: string; deps?: string }) {
  const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const program = `
    import { createLog } from ${here('./log.ts')};
    import { runService } from ${here('./service.ts')};
    const alive = setInterval(() => undefined, 1_000);
    await runService(
      { name: 'test', async start() { ${start} }, async stop() { ${stop}; clearInterval(alive); } },
      { log: createLog({ service: 'test', format: 'json' }), ${deps} },
    );`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  // Not the event `close`: it does not come when the parent disconnects.
  const ended = Promise.all([once(child, 'exit'), once(child.stdout as NodeJS.ReadableStream, 'end')]).then(([[code, signal]]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  const said = async (event: string) => {
    while (!output.includes(`"${event}"`)) await once(child.stdout as NodeJS.ReadableStream, 'data');
  };
  return {
    child,
    ended,
    said,
    ready: once(child, 'message').then(([message]) => message as unknown),
    output: () => output,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('a process', () => {
  it.each([
    ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
    ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
    ['a message from its parent', (child: ChildProcess) => child.send('shutdown')],
    ['its parent leaving', (child: ChildProcess) => child.disconnect()],
  ])('ends in order on %s', async (_what, act) => {
    await using test = startProcess({});
    expect(await test.ready).toEqual({ type: 'ready' });
    act(test.child);
    expect(await test.ended).toEqual({ code: 0, signal: null });
    expect(test.output()).toContain('service_stopped');
  });

  it('dies of a second signal', async () => {
    await using test = startProcess({ stop: 'console.log(\'"waiting"\'); await new Promise(() => undefined)', deps: 'sameSignalMs: 0' });
    await test.ready;
    test.child.kill('SIGTERM');
    await test.said('waiting');
    test.child.kill('SIGTERM');
    expect(await test.ended).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('goes on where graphql-js forgets what fails late beside an item of a list that fails at once', async () => {
    await using test = startProcess({
      start: `
        const { buildSchema, execute, parse } = await import('graphql');
        const items = [new Promise((_, fail) => setTimeout(fail, 1, new Error('late'))), new Error('at once')];
        const schema = buildSchema('type Query { items: [Int!] }');
        console.log(JSON.stringify(await execute({ schema, document: parse('{ items }'), rootValue: { items } })));`,
    });
    await test.said('late_field_error');
    expect(test.output()).toContain('"message":"at once"');
    test.child.kill('SIGTERM');
    expect(await test.ended).toEqual({ code: 0, signal: null });
  });

  it.each([
    ['could not start', { start: "throw new Error('port taken')" }, 'port taken'],
    ['had an exception nobody caught', { start: "setTimeout(() => { throw new Error('uncaught one') }, 1)" }, 'uncaught one'],
    ['had a rejection nobody handled', { start: "setTimeout(() => void Promise.reject(new Error('unhandled one')), 1)" }, 'unhandled one'],
  ])('ends with 1 and says why when it %s', async (_what, steps, reason) => {
    await using test = startProcess(steps);
    test.ready.catch(() => undefined);
    expect(await test.ended).toEqual({ code: 1, signal: null });
    expect(test.output()).toMatch(new RegExp(`"level":"fatal".*${reason}`));
    expect(test.output()).toContain('service_stopped');
  });
});
