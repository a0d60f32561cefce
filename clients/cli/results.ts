import colors from 'picocolors';
import { signs } from './calculation.ts';
import type { ResultLineFragment } from './generated/operations.ts';

const paint = { ADD: colors.green, SUB: colors.yellow, MUL: colors.cyan, DIV: colors.magenta, ALL: colors.white };

const words: Readonly<Record<string, string>> = { Infinity: '∞', '-Infinity': '−∞', NaN: 'undefined (0 ÷ 0)' };

/** One result on one line: 42 + 7 = 49 · worker_add_1 · 0.0 s */
export function resultLine({ n1, n2, operation, text, workerId, processingTime, source }: ResultLineFragment): string {
  const color = paint[operation];
  const sum = `${n1} ${color(signs[operation])} ${n2} = ${colors.bold(words[text] ?? text)}`;
  return `${sum}  ${colors.dim(`${workerId} · ${processingTime.toFixed(1)} s${source === 'AUTO' ? ' · auto' : ''}`)}`;
}
