// Generated from schema/messages by schema/generate.ts.
/**
 * The audit log has a new entry. Routing key audit.logged.
 */
export interface AuditLoggedEvent {
event: "audit_logged"
timestamp: string
entry_id: string
entity_type: string
store_ids: string[]
[k: string]: unknown
}

/**
 * Something was done that the audit log of accounts keeps. Sent to the queue accounts.audit; its message id is the entry's id.
 */
export interface AuditRecordedMessage {
/**
 * When it was done.
 */
timestamp: string
/**
 * The consumer who did it: a program's id, or staff:<id>.
 */
actor_id: string
actor_name: string
/**
 * E.g. product.updated.
 */
action: string
/**
 * E.g. product.
 */
entity_type: string
entity_id: string
/**
 * What it was called by then; left out where it has no name.
 */
entity_name?: string
/**
 * The places it concerns; empty where none in particular.
 */
store_ids: string[]
/**
 * What was done, for a person who reads English.
 */
summary: string
/**
 * The values that changed, or that it was done with; never a secret.
 */
changes: {
field: string
/**
 * What it was; left out where there was none.
 */
before?: {
[k: string]: unknown
}
/**
 * What it became; left out where there is none.
 */
after?: {
[k: string]: unknown
}
[k: string]: unknown
}[]
[k: string]: unknown
}

/**
 * A gateway that has no Redis to share, or whose Redis is away, changed something: what its tags name is not to be answered from any gateway's cache any more. Routing key cache.removed.
 */
export interface CacheRemovedEvent {
event: "cache_removed"
timestamp: string
/**
 * The gateway that tells, which has removed it already.
 */
instance_id: string
/**
 * @maxItems 1000
 */
tags: string[]
[k: string]: unknown
}

/**
 * A batch has advanced, or ended. Routing key calcul.batch_progress. Only the newest one of a running batch matters; that of an ended batch is its last.
 */
export interface CalculBatchProgressEvent {
event: "calcul_batch_progress"
timestamp: string
batch_id: string
state: ("RUNNING" | "COMPLETED" | "CANCELLED")
/**
 * Results stored.
 */
completed: number
/**
 * Results expected.
 */
total: number
/**
 * Results that are not finite numbers.
 */
non_finite: number
[k: string]: unknown
}

/**
 * A result was stored. Routing key calcul.completed.
 */
export interface CalculCompletedEvent {
event: "calcul_completed"
timestamp: string
/**
 * The result's id.
 */
result_id: string
/**
 * The task's id.
 */
request_id: string
n1: number
n2: number
operation: ("add" | "sub" | "mul" | "div")
/**
 * The value as text: a decimal number, Infinity, -Infinity or NaN.
 */
result: string
source: ("web" | "auto")
worker_id: string
/**
 * Seconds.
 */
processing_time: number
completed_at: string
[k: string]: unknown
}

/**
 * Tasks were accepted, or the counters were cleared. Routing key calcul.stats_changed. It carries no figures: whoever needs them reads them.
 */
export interface CalculStatsChangedEvent {
event: "calcul_stats_changed"
timestamp: string
cause: ("submitted" | "cleared")
[k: string]: unknown
}

/**
 * What a worker is doing: sent when it starts, every few seconds, when a task takes long, and when it stops. Routing key calcul.worker. Transient: the next one makes up for a lost one.
 */
export interface CalculWorkerEvent {
event: "calcul_worker"
timestamp: string
worker_id: string
operation: ("add" | "sub" | "mul" | "div")
state: ("IDLE" | "BUSY" | "GONE")
/**
 * The task it is at, while BUSY.
 */
request_id?: string
[k: string]: unknown
}

/**
 * The answer to one operation of one task. Published to result_queue by every worker.
 */
export interface CalculationResult {
/**
 * First operand.
 */
n1: number
/**
 * Second operand.
 */
n2: number
/**
 * The operation the worker computed.
 */
operation: ("add" | "sub" | "mul" | "div")
/**
 * Who asked; web where it is left out.
 */
source?: ("web" | "auto")
/**
 * The task's.
 */
request_id: string
/**
 * The task's.
 */
batch_id?: string
/**
 * The value. JSON has no infinities: they and NaN are text, or null where a worker's language writes them so.
 */
result: (number | ("Infinity" | "-Infinity" | "NaN") | null)
/**
 * The worker that computed it.
 */
worker_id: string
/**
 * Seconds the worker took.
 */
processing_time?: number
/**
 * When it was computed, ISO 8601.
 */
timestamp?: string
[k: string]: unknown
}

/**
 * A calculation to do. Published to task_queue_*, or to the exchange all_operations for all four; the operation computed is that of the queue.
 */
export interface CalculationTask {
/**
 * First operand.
 */
n1: number
/**
 * Second operand.
 */
n2: number
/**
 * What was asked for.
 */
operation?: ("add" | "sub" | "mul" | "div" | "all")
/**
 * Who asked; web where it is left out.
 */
source?: ("web" | "auto")
/**
 * Names the task; one id for the four results of all.
 */
request_id: string
/**
 * When it was asked, ISO 8601.
 */
timestamp?: string
/**
 * The batch it came in. Workers do not simulate work for a task of a batch.
 */
batch_id?: string
[k: string]: unknown
}

/**
 * A customer was created. Routing key client.created.
 */
export interface ClientCreatedEvent {
event: "client_created"
timestamp: string
client_id: number
data: {
id: number
nom: string
prenom: string
email: string
telephone?: (string | null)
actif: boolean
version: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * A customer was deleted. Routing key client.deleted.
 */
export interface ClientDeletedEvent {
event: "client_deleted"
timestamp: string
client_id: number
data?: {
id: number
nom: string
prenom: string
email: string
telephone?: (string | null)
actif: boolean
version: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * A customer was changed. Routing key client.updated.
 */
export interface ClientUpdatedEvent {
event: "client_updated"
timestamp: string
client_id: number
data: {
id: number
nom: string
prenom: string
email: string
telephone?: (string | null)
actif: boolean
version: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * An order was created. Routing key commande.created.
 */
export interface CommandeCreatedEvent {
event: "commande_created"
timestamp: string
commande_id: number
data: {
client_id: number
/**
 * In euros, tax included.
 */
total: number
total_minor?: string
saga_id?: string
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * An order was deleted. Routing key commande.deleted.
 */
export interface CommandeDeletedEvent {
event: "commande_deleted"
timestamp: string
commande_id: number
statut?: string
[k: string]: unknown
}

/**
 * An order has changed its state. Routing key commande.updated.
 */
export interface CommandeUpdatedEvent {
event: "commande_updated"
timestamp: string
commande_id: number
statut: string
client_id?: number
[k: string]: unknown
}

/**
 * A message was given up and kept, or a kept one was replayed. Routing key message.dead_letter_changed.
 */
export interface DeadLetterChangedEvent {
event: "message_dead_letter_changed"
timestamp: string
/**
 * The service that could not handle it; unknown where nobody can tell.
 */
service: string
dead_letter_id: string
state: ("NEW" | "REPLAYED")
[k: string]: unknown
}

/**
 * Cancel the order of the saga, or see to it that a late one is not created.
 */
export interface OrderCancelCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
order_id?: (number | null)
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Confirm the order of the saga: it is paid.
 */
export interface OrderConfirmCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
order_id: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Create the order. Refused for an unknown customer.
 */
export interface OrderCreateCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
customer_id: number
/**
 * @minItems 1
 * @maxItems 100
 */
lines: [{
product_id: number
quantity: number
unit_price_minor: string
name?: string
[k: string]: unknown
}, ...({
product_id: number
quantity: number
unit_price_minor: string
name?: string
[k: string]: unknown
})[]]
shipping_address: string
billing_address?: (string | null)
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Take the payment from the provider, once for each command.
 */
export interface PaymentProcessCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
order_id: number
amount_minor: string
currency: string
method: string
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Give the payment of the saga back, or see to it that a late one is not taken.
 */
export interface PaymentRefundCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
order_id?: (number | null)
paid_by_saga?: string
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * A product was created. Routing key produit.created.
 */
export interface ProduitCreatedEvent {
event: "produit_created"
timestamp: string
produit_id: number
data: {
id: number
nom: string
/**
 * Selling price in euros, tax included.
 */
prix: number
/**
 * The same in cents.
 */
prix_minor?: string
/**
 * Available over all places.
 */
stock?: number
sku?: string
actif?: boolean
version: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * A product was archived. Routing key produit.deleted.
 */
export interface ProduitDeletedEvent {
event: "produit_deleted"
timestamp: string
produit_id: number
data?: {
id: number
nom: string
/**
 * Selling price in euros, tax included.
 */
prix: number
/**
 * The same in cents.
 */
prix_minor?: string
/**
 * Available over all places.
 */
stock?: number
sku?: string
actif?: boolean
version: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * The stock of a product at a place has fallen below its threshold; sent at the crossing only. Routing key produit.stock_low.
 */
export interface ProduitStockLowEvent {
event: "produit_stock_low"
timestamp: string
produit_id: number
nom: string
stock: number
magasin_id: number
[k: string]: unknown
}

/**
 * A product was changed, or its stock was. Routing key produit.updated.
 */
export interface ProduitUpdatedEvent {
event: "produit_updated"
timestamp: string
produit_id: number
data: {
id: number
nom: string
/**
 * Selling price in euros, tax included.
 */
prix: number
/**
 * The same in cents.
 */
prix_minor?: string
/**
 * Available over all places.
 */
stock?: number
sku?: string
actif?: boolean
version: number
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * A saga was undone. Routing key saga.compensated.
 */
export interface SagaCompensatedEvent {
event: "saga_compensated"
timestamp: string
saga_id: string
definition: string
state: string
step?: (string | null)
direction?: ("FORWARD" | "COMPENSATION" | null)
status?: (string | null)
/**
 * Seconds since the saga began.
 */
duration?: number
version: number
[k: string]: unknown
}

/**
 * A saga has ended well. Routing key saga.completed.
 */
export interface SagaCompletedEvent {
event: "saga_completed"
timestamp: string
saga_id: string
definition: string
state: string
step?: (string | null)
direction?: ("FORWARD" | "COMPENSATION" | null)
status?: (string | null)
/**
 * Seconds since the saga began.
 */
duration?: number
version: number
[k: string]: unknown
}

/**
 * A saga needs an operator. Routing key saga.failed.
 */
export interface SagaFailedEvent {
event: "saga_failed"
timestamp: string
saga_id: string
definition: string
state: string
step?: (string | null)
direction?: ("FORWARD" | "COMPENSATION" | null)
status?: (string | null)
/**
 * Seconds since the saga began.
 */
duration?: number
version: number
[k: string]: unknown
}

/**
 * The one reply to a command.
 */
export interface SagaReply {
saga_id: string
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
outcome: ("SUCCESS" | "REFUSED")
/**
 * Why it was refused, e.g. OUT_OF_STOCK.
 */
code?: string
/**
 * The same for a person.
 */
reason?: string
/**
 * What later steps need.
 */
data?: {
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Start a saga that another service has promised: its id is chosen by the sender.
 */
export interface SagaStartCommand {
saga_id: string
definition: ("order-processing" | "order-cancellation" | "order-refund")
data: {
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * A saga was accepted. Routing key saga.started.
 */
export interface SagaStartedEvent {
event: "saga_started"
timestamp: string
saga_id: string
definition: string
state: string
step?: (string | null)
direction?: ("FORWARD" | "COMPENSATION" | null)
status?: (string | null)
/**
 * Seconds since the saga began.
 */
duration?: number
version: number
[k: string]: unknown
}

/**
 * A saga has advanced. Routing key saga.step.
 */
export interface SagaStepEvent {
event: "saga_step"
timestamp: string
saga_id: string
definition: string
state: string
step?: (string | null)
direction?: ("FORWARD" | "COMPENSATION" | null)
status?: (string | null)
/**
 * Seconds since the saga began.
 */
duration?: number
version: number
[k: string]: unknown
}

/**
 * The stock of a product at a place has changed. Routing key stock.changed.
 */
export interface StockChangedEvent {
event: "stock_changed"
timestamp: string
produit_id: number
magasin_id: number
on_hand: number
allocated: number
available: number
low: boolean
version: number
/**
 * True where this change made it fall below its threshold.
 */
crossed: boolean
[k: string]: unknown
}

/**
 * Is there enough? Advisory: nothing is promised. Answered with the lines priced.
 */
export interface StockCheckCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
place_id?: (number | null)
/**
 * @minItems 1
 * @maxItems 100
 */
lines: [{
product_id: number
quantity: number
[k: string]: unknown
}, ...({
product_id: number
quantity: number
[k: string]: unknown
})[]]
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Give the promise of the saga up, or see to it that a late one is not made.
 */
export interface StockReleaseCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Promise the goods to the saga: all lines or none.
 */
export interface StockReserveCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
place_id?: (number | null)
/**
 * @minItems 1
 * @maxItems 100
 */
lines: [{
product_id: number
quantity: number
[k: string]: unknown
}, ...({
product_id: number
quantity: number
[k: string]: unknown
})[]]
[k: string]: unknown
}
[k: string]: unknown
}

/**
 * Put the goods of a cancelled order back.
 */
export interface StockRestockCommand {
saga_id: string
/**
 * The same for every repetition of this command.
 */
command_id: string
step: string
direction: ("FORWARD" | "COMPENSATION")
data: {
sold_by_saga?: string
order_id: number
[k: string]: unknown
}
[k: string]: unknown
}

/** The body of every message, by its type. */
export interface MessageTypes {
  "audit.logged": AuditLoggedEvent;
  "audit.recorded": AuditRecordedMessage;
  "cache.removed": CacheRemovedEvent;
  "calcul.batch_progress": CalculBatchProgressEvent;
  "calcul.completed": CalculCompletedEvent;
  "calcul.stats_changed": CalculStatsChangedEvent;
  "calcul.worker": CalculWorkerEvent;
  "calculation.result": CalculationResult;
  "calculation.task": CalculationTask;
  "client.created": ClientCreatedEvent;
  "client.deleted": ClientDeletedEvent;
  "client.updated": ClientUpdatedEvent;
  "commande.created": CommandeCreatedEvent;
  "commande.deleted": CommandeDeletedEvent;
  "commande.updated": CommandeUpdatedEvent;
  "message.dead_letter_changed": DeadLetterChangedEvent;
  "order.cancel": OrderCancelCommand;
  "order.confirm": OrderConfirmCommand;
  "order.create": OrderCreateCommand;
  "payment.process": PaymentProcessCommand;
  "payment.refund": PaymentRefundCommand;
  "produit.created": ProduitCreatedEvent;
  "produit.deleted": ProduitDeletedEvent;
  "produit.stock_low": ProduitStockLowEvent;
  "produit.updated": ProduitUpdatedEvent;
  "saga.compensated": SagaCompensatedEvent;
  "saga.completed": SagaCompletedEvent;
  "saga.failed": SagaFailedEvent;
  "saga.reply": SagaReply;
  "saga.start": SagaStartCommand;
  "saga.started": SagaStartedEvent;
  "saga.step": SagaStepEvent;
  "stock.changed": StockChangedEvent;
  "stock.check": StockCheckCommand;
  "stock.release": StockReleaseCommand;
  "stock.reserve": StockReserveCommand;
  "stock.restock": StockRestockCommand;
}
