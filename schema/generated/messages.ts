// Generated from schema/messages by schema/generate.ts.
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
 * A message was given up and kept, or a kept one was replayed. Routing key message.dead_letter_changed.
 */
export interface DeadLetterChangedEvent {
event: "message_dead_letter_changed"
timestamp: string
/**
 * The service that keeps it.
 */
service: string
dead_letter_id: string
state: ("NEW" | "REPLAYED")
[k: string]: unknown
}

/** The body of every message, by its type. */
export interface MessageTypes {
  "calcul.batch_progress": CalculBatchProgressEvent;
  "calcul.completed": CalculCompletedEvent;
  "calcul.stats_changed": CalculStatsChangedEvent;
  "calcul.worker": CalculWorkerEvent;
  "calculation.result": CalculationResult;
  "calculation.task": CalculationTask;
  "message.dead_letter_changed": DeadLetterChangedEvent;
}
