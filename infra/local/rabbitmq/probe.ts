import type { ChannelModel } from 'amqplib';

export type BrokerProbe =
  | { readonly usable: true; readonly product: string; readonly version: string; readonly cluster: string }
  /** `cause` fits after "not used" and after "cannot be used". */
  | { readonly usable: false; readonly cause: string };

/** Shakes hands and logs in, within `timeoutMs`. */
export async function probeBroker(url: string, timeoutMs: number): Promise<BrokerProbe> {
  if (!/^amqps?:\/\//.test(url) || !URL.canParse(url)) return { usable: false, cause: 'it is no amqp:// address' };
  // Not needed where nothing listens, which is the usual case.
  const { connect } = await import('amqplib');
  let connection: ChannelModel;
  try {
    connection = await connect(url, { timeout: timeoutMs, noDelay: true, clientProperties: { connection_name: 'comptoir probe' } });
  } catch (error) {
    return { usable: false, cause: explain(error) };
  }
  connection.on('error', () => undefined);
  const { product, version, cluster_name } = connection.connection.serverProperties as Record<string, unknown>;
  await Promise.race([connection.close().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())]);
  return { usable: true, product: String(product ?? ''), version: String(version ?? ''), cluster: String(cluster_name ?? '') };
}

/** The client's words about a refused handshake, plainer. */
export function explain(error: unknown): string {
  const { code, message } = error as { code?: unknown; message: string };
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `its host is not known (${code})`;
  if (/ACCESS.REFUSED|403/i.test(message)) return 'user or password refused';
  if (/NOT_ALLOWED|530|vhost/i.test(message)) return `its virtual host cannot be used (${message})`;
  if (/timeout|ETIMEDOUT/i.test(message)) return 'it does not answer';
  if (/Socket closed abruptly|ECONNRESET|Expected AMQP|frame|Invalid/i.test(message)) return 'it does not speak AMQP 0-9-1';
  return message;
}
