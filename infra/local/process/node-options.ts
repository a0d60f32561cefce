/**
 * For Node processes of ours: with what Node made of the sources before, they start in two thirds of the time; and with room for what many requests at once have in hand, which
 * would else be copied again and again by a collector that runs on several threads.
 */
export const nodeOptions: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=64',
  `--import=${new URL('../bootstrap/typescript-cache.mjs', import.meta.url).href}`,
];
