import type { IncomingMessage } from 'node:http';

/** Whether a page of this origin may use the gateway: its own pages, and those of the origins that were configured. */
export type OriginCheck = (origin: string, host: string | undefined) => boolean;

/** @param allowed origins like `https://shop.example`, without a path. */
export function createOriginCheck(allowed: readonly string[]): OriginCheck {
  const known = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, '')));
  return (origin, host) => {
    if (known.has(origin.toLowerCase())) return true;
    return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
  };
}

/** The status that an upgrade to WebSocket is refused with; null lets it in. Browsers apply no CORS to WebSockets, but say where the page is from; programs say nothing. */
export function refuseUpgrade({ headers }: Pick<IncomingMessage, 'headers'>, isAllowed: OriginCheck): number | null {
  const { origin, host } = headers;
  return origin === undefined || isAllowed(origin, host) ? null : 403;
}
