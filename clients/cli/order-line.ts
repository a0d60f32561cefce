import { UsageError } from './failure.ts';

export interface OrderLine {
  readonly productId: string;
  readonly quantity: number;
}

const mostOfOne = 10_000;

/** Reads lines as a person writes them, "1x2" for two of product 1; "5" for one of product 5. @throws UsageError naming every fault. */
export function parseLines(texts: readonly string[]): OrderLine[] {
  const faults: string[] = [];
  const lines = texts.flatMap((text) => {
    const found = /^\s*([1-9]\d*)\s*(?:[x×*]\s*(\d+)\s*)?$/i.exec(text);
    const [, productId = '', count = '1'] = found ?? [];
    const quantity = Number(count);
    if (found && quantity >= 1 && quantity <= mostOfOne) return [{ productId, quantity }];
    faults.push(
      found ? `--line ${text}: the quantity is to be from 1 to 10,000` : `--line ${text}: write product x quantity, such as 1x2 or 5x1`,
    );
    return [];
  });
  if (texts.length === 0) faults.push('--line: at least one is needed, such as --line 1x2');
  if (faults.length > 0) throw new UsageError(faults);
  return lines;
}
