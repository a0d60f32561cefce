import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataFolder, root } from './places.ts';
import { toolPath } from './run-tool.ts';

const stopGraceMs = 10_000;

/** What vitest's JSON report says in short. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/** Where the last run's numbers are. */
export const reportFile = path.join(dataFolder(process.env), 'test-report.json');

/** Runs vitest on this terminal; resolves with its exit code. When `stopped` resolves it is ended first. */
export async function runVitest(args: readonly string[], env: NodeJS.ProcessEnv, stopped: Promise<unknown>): Promise<number> {
  mkdirSync(path.dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, [toolPath('vitest', 'vitest'), 'run', ...reports, ...args], { cwd: root, env, stdio: 'inherit' });
  void stopped.then((signal) => {
    child.kill(signal as NodeJS.Signals);
    setTimeout(() => child.kill('SIGKILL'), stopGraceMs).unref();
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  const { passed, failed } = readCounts();
  console.log(`\n${passed} tests passed, ${failed} failed.`);
  return code === 0 && failed > 0 ? 1 : code;
}

/** Of the last run; a run that left no report failed as a whole. */
export function readCounts(file = reportFile): TestCounts {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    // A file that could not be loaded holds no test that could have failed.
    const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}
