import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Log } from '@comptoir/platform/log.ts';
import { AmqpError } from './amqp-error.ts';
import type { ChannelHost } from './channel.ts';
import { ChannelSet } from './channel-set.ts';
import { authenticate, capabilityOf, offeredTuning, startMethod, type Tuning, tuned } from './handshake.ts';
import { startHeartbeat } from './heartbeat.ts';
import { Outgoing } from './outgoing.ts';
import type { Vhost } from './vhost.ts';
import { emptyTable, type FieldTable, plainTable } from './wire/field-table.ts';
import { encodeMethodFrame, type Frame, FrameReader, heartbeatFrame, protocolHeader } from './wire/frames.ts';
import type { Method, MethodName } from './wire/method-specs.ts';
import { decodeMethod, methodIds } from './wire/methods.ts';

/** How long a peer may take over the handshake, and over hanging up once the connection is closed. */
const patienceMs = 10_000;

type State = 'header' | 'start' | 'tune' | 'open' | 'running' | 'closing' | 'closed';

export interface ConnectionDeps {
  readonly log: Log;
  readonly maxMessageBytes: number;
  readonly vhost: (name: string) => Vhost;
  readonly closed: (connection: Connection) => void;
}

/** One client's connection: handshake, channels, heartbeat, close. */
export class Connection implements ChannelHost {
  readonly name: string;
  readonly connectedAt = Date.now();
  readonly maxMessageBytes: number;
  user = '';
  clientProperties: FieldTable = emptyTable;
  private readonly deps: ConnectionDeps;
  private readonly socket: Socket;
  private readonly outgoing: Outgoing;
  private readonly frames = new FrameReader(offeredTuning.frameMax);
  private readonly channels: ChannelSet;
  private state: State = 'header';
  private tuning: Tuning = offeredTuning;
  private openVhost: Vhost | undefined;
  private lastHeardAt = Date.now();
  private stopHeartbeat: () => void = () => undefined;
  private patience: NodeJS.Timeout;

  constructor(socket: Socket, deps: ConnectionDeps) {
    this.socket = socket;
    this.deps = deps;
    this.maxMessageBytes = deps.maxMessageBytes;
    this.name = `${socket.remoteAddress}:${socket.remotePort} -> ${socket.localAddress}:${socket.localPort}`;
    this.channels = new ChannelSet(this, deps.log);
    this.outgoing = new Outgoing(socket, () => this.channels.resume());
    this.patience = setTimeout(() => socket.destroy(), patienceMs);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('close', () => this.end());
    socket.on('error', (error) =>
      deps.log.debug({ event: 'connection_error', connection: this.name, error: error.message }, 'socket error'),
    );
  }

  get vhost(): Vhost {
    if (!this.openVhost) throw new AmqpError(504, 'the connection is not open yet');
    return this.openVhost;
  }

  get maxFrameBytes(): number {
    return this.tuning.frameMax;
  }

  get knowsCancellation(): boolean {
    return capabilityOf(this.clientProperties, 'consumer_cancel_notify');
  }

  /** For the management API. */
  get facts(): Readonly<Record<string, unknown>> {
    const properties = plainTable(this.clientProperties);
    return {
      name: this.name,
      user: this.user,
      vhost: this.openVhost?.name ?? '',
      state: this.state,
      protocol: 'AMQP 0-9-1',
      channels: this.channels.count,
      connected_at: this.connectedAt,
      client_properties: properties,
      user_provided_name: properties.connection_name,
      peer_host: this.socket.remoteAddress,
      peer_port: this.socket.remotePort,
      frame_max: this.tuning.frameMax,
      channel_max: this.tuning.channelMax,
      timeout: this.tuning.heartbeatSeconds,
    };
  }

  isIn(vhost: Vhost): boolean {
    return this.openVhost === vhost;
  }

  isCongested(): boolean {
    return this.outgoing.isCongested;
  }

  send(bytes: Buffer): void {
    this.outgoing.send(bytes);
  }

  newName(prefix: string): string {
    return prefix + randomBytes(16).toString('base64url');
  }

  /** Tells the client why and closes; after a while also without its answer. `cause` is the method that went wrong. */
  close(error: AmqpError, cause?: MethodName): void {
    if (this.state === 'closing' || this.state === 'closed') return;
    this.leave();
    const { classId, methodId } = cause ? methodIds(cause) : { classId: 0, methodId: 0 };
    this.sendMethod({ name: 'connection.close', replyCode: error.code, replyText: error.replyText, classId, methodId });
  }

  /** Closes without a word, as when the broker's machine dies. */
  destroy(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.lastHeardAt = Date.now();
    if (this.socket.writableEnded) return;
    this.frames.push(chunk);
    try {
      if (this.state === 'header' && !this.readProtocolHeader()) return;
      for (let frame = this.frames.next(); frame; frame = this.frames.next()) this.receive(frame);
    } catch (error) {
      this.fail(error);
    }
  }

  private readProtocolHeader(): boolean {
    const header = this.frames.take(protocolHeader.length);
    if (!header) return false;
    if (!header.equals(protocolHeader)) {
      this.socket.end(protocolHeader);
      return false;
    }
    this.state = 'start';
    this.sendMethod(startMethod);
    return true;
  }

  private receive(frame: Frame): void {
    if (frame.type === 'heartbeat') {
      if (frame.channel !== 0) throw new AmqpError(501, `a heartbeat on channel ${frame.channel}`);
      return;
    }
    if (frame.channel === 0) this.receiveOnConnection(frame);
    else if (this.state === 'running') this.channels.receive(frame, this.tuning.channelMax);
    else if (this.state !== 'closing') throw new AmqpError(504, `channel ${frame.channel} before the connection is open`);
  }

  private receiveOnConnection(frame: Frame): void {
    if (frame.type !== 'method') throw new AmqpError(505, `a ${frame.type} frame on channel 0`);
    const method = decodeMethod(frame.payload);
    if (method.name === 'connection.close') {
      this.leave();
      this.sendMethod({ name: 'connection.close-ok' });
      this.socket.end();
    } else if (this.state === 'closing') {
      if (method.name === 'connection.close-ok') this.socket.end();
    } else if (method.name === 'connection.start-ok' && this.state === 'start') this.start(method);
    else if (method.name === 'connection.tune-ok' && this.state === 'tune') this.tune(method);
    else if (method.name === 'connection.open' && this.state === 'open') this.open(method);
    else if (method.name === 'connection.update-secret') throw new AmqpError(540, 'secrets do not expire here');
    else throw new AmqpError(503, `unexpected method ${method.name} in state ${this.state}`);
  }

  private start(method: Method<'connection.start-ok'>): void {
    this.clientProperties = method.clientProperties;
    this.user = authenticate(method);
    this.state = 'tune';
    const { channelMax, frameMax, heartbeatSeconds } = offeredTuning;
    this.sendMethod({ name: 'connection.tune', channelMax, frameMax, heartbeat: heartbeatSeconds });
  }

  private tune(method: Method<'connection.tune-ok'>): void {
    this.tuning = tuned(method);
    this.frames.maxFrameBytes = this.tuning.frameMax;
    this.stopHeartbeat = startHeartbeat(this.tuning.heartbeatSeconds, {
      beat: () => this.send(heartbeatFrame),
      // A peer that does not read is not read from, so after two intervals it counts as silent: as well, for it holds memory.
      lastHeardAt: () => this.lastHeardAt,
      giveUp: () => {
        this.deps.log.warn({ event: 'heartbeat_missed', connection: this.name }, 'client is silent, connection dropped');
        this.socket.destroy();
      },
    });
    this.state = 'open';
  }

  private open({ virtualHost }: Method<'connection.open'>): void {
    this.openVhost = this.deps.vhost(virtualHost);
    this.state = 'running';
    clearTimeout(this.patience);
    this.sendMethod({ name: 'connection.open-ok' });
    const client = plainTable(this.clientProperties).connection_name;
    this.deps.log.debug({ event: 'connection_opened', connection: this.name, vhost: virtualHost, client }, 'client connected');
  }

  /** Not only the peer's mistakes end here: one of ours must not take the broker down. */
  fail(error: unknown, cause?: MethodName): void {
    const known = error instanceof AmqpError;
    if (!known) this.deps.log.error({ event: 'internal_error', connection: this.name, err: error }, 'the broker failed');
    const reason = known ? error : new AmqpError(541, 'the broker failed, its log says how');
    this.deps.log.warn({ event: 'connection_failed', connection: this.name, reason: reason.replyText }, 'connection closed for an error');
    const greeted = this.openVhost !== undefined;
    this.close(reason, cause);
    // Frames cannot be told apart any more, the client's answer included; and who did not get in is not waited for.
    if (reason.code === 501 || !greeted) this.socket.end();
  }

  private leave(): void {
    this.state = 'closing';
    this.closeChannels();
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.socket.destroy(), patienceMs);
  }

  private closeChannels(): void {
    this.channels.close();
    for (const queue of [...(this.openVhost?.queues.values() ?? [])]) {
      if (queue.declaration.owner === this) this.openVhost?.removeQueue(queue);
    }
  }

  private sendMethod(method: Method): void {
    this.send(encodeMethodFrame(0, method));
  }

  private end(): void {
    clearTimeout(this.patience);
    this.stopHeartbeat();
    this.state = 'closed';
    this.closeChannels();
    this.deps.closed(this);
  }
}
