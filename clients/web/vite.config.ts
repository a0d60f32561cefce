import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const gateway = 'http://localhost:4000';
const atGateway = ['/graphql', '/health', '/api', '/app-config.json'];

export default defineConfig({
  plugins: [react(), compressed()],
  build: { target: 'es2022', reportCompressedSize: false, chunkSizeWarningLimit: 800 },
  server: { port: 5173, proxy: Object.fromEntries(atGateway.map((path) => [path, { target: gateway, ws: path === '/graphql' }])) },
});

/** Writes a .br and a .gz beside every asset worth it, which the gateway sends to whoever can read them. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets');
      for (const file of readdirSync(assets).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const content = readFileSync(join(assets, file));
        writeFileSync(join(assets, `${file}.br`), brotliCompressSync(content));
        writeFileSync(join(assets, `${file}.gz`), gzipSync(content));
      }
    },
  };
}
