import type { Socket } from 'node:net';

/** Above this much unread output a peer gets nothing more, and nothing more is read from it. */
const congestedBytes = 1024 * 1024;

/** What is written to a socket: small frames of one turn leave together, and a peer that does not read holds back its own connection only. */
export class Outgoing {
  private readonly socket: Socket;
  private readonly resumed: () => void;
  private corked = false;
  private congested = false;

  constructor(socket: Socket, resumed: () => void) {
    this.socket = socket;
    this.resumed = resumed;
    socket.on('drain', () => this.drained());
  }

  get isCongested(): boolean {
    return this.congested;
  }

  send(bytes: Buffer): void {
    if (!this.socket.writable) return;
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      process.nextTick(() => {
        this.corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(bytes);
    if (this.congested || this.socket.writableLength < congestedBytes) return;
    this.congested = true;
    this.socket.pause();
  }

  private drained(): void {
    if (!this.congested) return;
    this.congested = false;
    this.socket.resume();
    this.resumed();
  }
}
