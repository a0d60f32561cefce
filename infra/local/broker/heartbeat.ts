/** Sends a beat twice per interval and gives the peer up that sent nothing for two intervals. Returns what stops it. */
export function startHeartbeat(intervalSeconds: number, peer: { beat(): void; lastHeardAt(): number; giveUp(): void }): () => void {
  if (intervalSeconds === 0) return () => undefined;
  const intervalMs = intervalSeconds * 1000;
  const timer = setInterval(() => {
    if (Date.now() - peer.lastHeardAt() > 2 * intervalMs) peer.giveUp();
    else peer.beat();
  }, intervalMs / 2);
  return () => clearInterval(timer);
}
