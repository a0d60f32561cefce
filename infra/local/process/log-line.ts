import colors from 'picocolors';

const shownAlways = new Set(['warn', 'error', 'fatal']);
const paints = [colors.cyan, colors.magenta, colors.green, colors.blue, colors.yellow];

/**
 * A child's log line as the terminal shows it; null where it stays in the file. Structured lines below a warning show only when `verbose`,
 * what is not structured only when it came on standard error.
 */
export function forTerminal(name: string, line: string, { verbose, stderr }: { verbose: boolean; stderr: boolean }): string | null {
  const entry = parse(line);
  const label = paint(name)(name.padEnd(12));
  if (entry === null) return (verbose || stderr) && line.trim() !== '' ? `${label} ${line}` : null;
  const level = String(entry.level);
  if (!verbose && !shownAlways.has(level)) return null;
  const { message, stack } = (entry.err ?? {}) as { message?: string; stack?: string };
  const cause = message === undefined ? '' : `: ${verbose && stack !== undefined ? stack : message}`;
  const time = typeof entry.time === 'string' ? entry.time.slice(11, 19) : '';
  return `${colors.dim(time)} ${label} ${mark(level)}${String(entry.msg ?? entry.event ?? '')}${cause}`;
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    return 'level' in entry ? entry : null;
  } catch {
    // A line that only looks like one of ours.
    return null;
  }
}

function mark(level: string): string {
  if (level === 'warn') return colors.yellow('warning ');
  return level === 'error' || level === 'fatal' ? colors.red('error ') : '';
}

function paint(name: string): (text: string) => string {
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return paints[sum % paints.length] ?? colors.cyan;
}
