import { type Binding, bindingKey, type Destination, matcherFor } from './binding.ts';
import { type FieldTable, textOf } from './wire/field-table.ts';

export const exchangeTypes = ['direct', 'fanout', 'topic', 'headers'] as const;
export type ExchangeType = (typeof exchangeTypes)[number];

export interface ExchangeDeclaration {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: FieldTable;
}

export class Exchange {
  readonly kind = 'exchange';
  readonly declaration: ExchangeDeclaration;
  /** Where unroutable messages go by policy; the argument of the declaration wins over it. */
  policyAlternate: string | undefined;
  /** Bindings that lead here from other exchanges. */
  readonly incoming = new Set<Binding>();
  private readonly outgoing = new Map<string, Binding>();
  /** For direct exchanges, which are asked for one routing key. */
  private readonly byRoutingKey = new Map<string, Set<Binding>>();

  constructor(declaration: ExchangeDeclaration) {
    this.declaration = declaration;
  }

  get name(): string {
    return this.declaration.name;
  }

  get alternate(): string | undefined {
    return textOf(this.declaration.arguments.get('alternate-exchange')) ?? this.policyAlternate;
  }

  get bindings(): IteratorObject<Binding> {
    return this.outgoing.values();
  }

  get isBound(): boolean {
    return this.outgoing.size > 0;
  }

  /** Does nothing if the same binding exists. */
  bind(destination: Destination, routingKey: string, args: FieldTable): void {
    const key = bindingKey(destination, routingKey, args);
    if (this.outgoing.has(key)) return;
    const matches = matcherFor(this.declaration.type, routingKey, args);
    const binding: Binding = { source: this, destination, routingKey, arguments: args, matches };
    this.outgoing.set(key, binding);
    destination.incoming.add(binding);
    const ofKey = this.byRoutingKey.get(routingKey);
    if (ofKey) ofKey.add(binding);
    else this.byRoutingKey.set(routingKey, new Set([binding]));
  }

  /** Returns whether there was such a binding. */
  unbind(destination: Destination, routingKey: string, args: FieldTable): boolean {
    const key = bindingKey(destination, routingKey, args);
    const binding = this.outgoing.get(key);
    if (!binding) return false;
    this.outgoing.delete(key);
    destination.incoming.delete(binding);
    const ofKey = this.byRoutingKey.get(routingKey);
    ofKey?.delete(binding);
    if (ofKey?.size === 0) this.byRoutingKey.delete(routingKey);
    return true;
  }

  destinations(routingKey: string, headers: FieldTable): Destination[] {
    const candidates = this.declaration.type === 'direct' ? (this.byRoutingKey.get(routingKey) ?? []) : this.outgoing.values();
    const found: Destination[] = [];
    for (const binding of candidates) if (binding.matches(routingKey, headers)) found.push(binding.destination);
    return found;
  }
}
