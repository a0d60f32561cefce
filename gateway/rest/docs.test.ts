import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './test-app.ts';

let facade: TestApp;
beforeAll(async () => {
  facade = await createTestApp();
});
afterAll(() => facade?.[Symbol.asyncDispose]());

test.each(['/docs', '/docs/', '/redoc', '/redoc/'])(
  '%s is a page whose every file is served from here, under a policy that allows nothing else',
  async (url) => {
    const page = await facade.app.inject(url);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).not.toMatch(/https?:|unsafe-eval|\*/);
    const linked = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(linked.length).toBeGreaterThan(1);
    for (const link of linked) {
      expect(link).toMatch(/^\/(docs|redoc)\//);
      const file = await facade.app.inject(link);
      expect(file.statusCode).toBe(200);
      expect(file.headers['x-content-type-options']).toBe('nosniff');
      expect(file.rawPayload.length).toBeGreaterThan(50);
    }
  },
);

test('a file that a browser has already is not sent again', async () => {
  const first = await facade.app.inject('/docs/swagger-ui.css');
  const again = await facade.app.inject({ url: '/docs/swagger-ui.css', headers: { 'if-none-match': String(first.headers.etag) } });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test('ReDoc asks nobody for a picture', async () => {
  expect((await facade.app.inject('/redoc/redoc.js')).body).not.toContain('cdn.redoc.ly/redoc/logo');
});

test.each(['/docs/index.html', '/docs/../package.json', '/docs/%2e%2e/package.json', '/redoc/redoc.standalone.js.map'])(
  '%s is not served',
  async (url) => {
    expect((await facade.app.inject(url)).statusCode).toBe(404);
  },
);
