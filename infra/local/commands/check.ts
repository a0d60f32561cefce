import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import colors from 'picocolors';
import { findWrongImports } from '../check/arrows.ts';
import type { Check } from '../check/check.ts';
import { findLicenceFaults, findLockFaults } from '../check/lock.ts';
import { findMachineTraces } from '../check/machine-traces.ts';
import { findFormatAndLintFaults, findGraphFaults, findStaleGeneratedFiles, findTypeFaults } from '../check/tools.ts';
import { dataFolder } from '../places.ts';

const checks: readonly Check[] = [
  { name: 'format and lint', mend: 'npm run format mends most of it', find: findFormatAndLintFaults },
  { name: 'types', mend: 'see the messages', find: findTypeFaults },
  {
    name: 'import arrows',
    mend: 'the table is in infra/local/check/arrows.ts, the reasons in docs/architecture.md',
    find: findWrongImports,
  },
  { name: 'generated files', mend: 'npm run generate', find: findStaleGeneratedFiles },
  { name: 'supergraph', mend: 'see the messages', find: findGraphFaults },
  { name: 'lock file', mend: 'npm install with Node 22 or later and the .npmrc of this folder', find: findLockFaults },
  { name: 'licences', mend: 'choose another package, or give the reason in infra/local/check/lock.ts', find: findLicenceFaults },
  { name: 'machine traces', mend: 'write paths relative to the clone', find: findMachineTraces },
];

/** `npm run check`: everything that can be said about the sources without running them. One line a check, and what is wrong. */
export async function run(): Promise<number> {
  const running = checks.map((check) => ({ ...check, faults: check.find() }));
  let failed = 0;
  for (const { name, mend, faults } of running) {
    const found = await faults;
    if (found.length === 0) {
      console.log(`${colors.green('✓')} ${name}`);
    } else {
      failed++;
      console.log(`${colors.red('✗')} ${name}\n${found.map((fault) => `    ${fault}`).join('\n')}\n    → ${mend}`);
    }
  }
  const report = { passed: checks.length - failed, failed };
  const folder = dataFolder(process.env);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'check-report.json'), JSON.stringify(report));
  console.log(`\n${report.passed} checks passed, ${failed} failed.`);
  return failed === 0 ? 0 : 1;
}
