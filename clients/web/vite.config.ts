import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://localhost:4000';
const atGateway = ['/graphql', '/health', '/api', '/app-config.json'];

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', reportCompressedSize: true },
  server: { port: 5173, proxy: Object.fromEntries(atGateway.map((path) => [path, { target: gateway, ws: path === '/graphql' }])) },
});
