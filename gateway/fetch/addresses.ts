/** The instances of a subgraph: several addresses are separated by commas, in the environment as in a supergraph. */
export function addressesOf(urls: string): string[] {
  return urls
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '');
}
