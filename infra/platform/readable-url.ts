/**
 * The address as it can be routed. A `%` that begins no character of UTF-8 stands for itself, as browsers have it, so that a path with one is a path like any other: of
 * a resource that is not there, mostly.
 * @param url path and query
 */
export function readableUrl(url: string): string {
  if (!url.includes('%')) return url;
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    // Told by throwing only: some of it cannot be decoded.
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}
