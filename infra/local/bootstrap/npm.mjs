import { spawn } from 'node:child_process';
import path from 'node:path';

/** npm as a command and its first arguments: the one that runs us where there is one, so that a Node without npm on PATH will do. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js') return [process.execPath, running];
  return process.platform === 'win32' ? ['npm.cmd'] : ['npm'];
}

/** Runs npm without a word on the screen; rejects with all that it printed. */
export function npm(args, { cwd, timeoutMs = 15 * 60_000 }) {
  const [command, ...first] = npmCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args, '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'], {
      cwd,
      env: withoutProject(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      shell: command === 'npm.cmd',
    });
    let said = '';
    const hear = (chunk) => {
      said = (said + chunk).slice(-8_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`, { cause: error })));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args[0]} ended with ${signal ?? code}:\n${said.trim()}`));
    });
  });
}

/** A nested npm must not take the outer one's project for its own, nor leave out what NODE_ENV=production leaves out. */
function withoutProject(env) {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !/^(npm_package_|npm_lifecycle_|npm_command$|npm_config_local_prefix$|npm_config_(omit|include|production|dry_run|ignore_scripts|prefix)$|NODE_ENV$|INIT_CWD$)/i.test(
        name,
      ),
  );
  return Object.fromEntries(kept);
}
