// Runs on any Node from 18 on, before anything is installed: plain JavaScript, built-in modules only. So does everything in this folder.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const runtimeFolder = path.join(root, '.runtime');
