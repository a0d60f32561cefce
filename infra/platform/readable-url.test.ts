import { expect, it } from 'vitest';
import { readableUrl } from './readable-url.ts';

it.each([
  ['/things/1', '/things/1'],
  ['/things/caf%C3%A9?q=%zz', '/things/caf%C3%A9?q=%zz'],
  ['/things/100%', '/things/100%25'],
  ['/things/%ff', '/things/%25ff'],
  ['/things/%zz?q=%41', '/things/%25zz?q=%41'],
  ['/%', '/%25'],
])('%s is routed as %s', (url, routed) => {
  expect(readableUrl(url)).toBe(routed);
  expect(decodeURIComponent(routed.split('?')[0] ?? '')).not.toContain('\uFFFD');
});
