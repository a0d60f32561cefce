import { runTool } from '../run-tool.ts';

/** `npm run format`: writes every file as the formatter wants it. */
export function run(args: readonly string[]): Promise<number> {
  return runTool('@biomejs/biome', 'biome', ['check', '--write', ...args]);
}
