/** What the provider says of a payment; it says the same however often it is asked. */
export type CaptureResult =
  | { readonly kind: 'captured'; readonly reference: string }
  | { readonly kind: 'declined'; readonly code: string; readonly reason: string };

/** `nothing`: there was nothing to give back, and nothing can be taken under the key any more. */
export type RefundResult =
  | { readonly kind: 'refunded'; readonly reference: string; readonly minor: bigint }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'declined'; readonly code: string; readonly reason: string };

export interface Capture {
  /** Names this payment: the provider takes it once for a key, however often it is asked. */
  readonly key: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** A card's number, a token for one, or a word. */
  readonly method: string;
  /** Whether it may have been asked for before: then it is looked up first. */
  readonly repeated: boolean;
}

/**
 * Takes payments and gives them back. Never called within a transaction. Every call rejects with ProviderUnanswered where no answer came in time, and with
 * MESSAGE_CONFLICT where the key names another payment: that stays so however often it is asked, and somebody has to look.
 */
export interface PaymentProvider {
  capture(capture: Capture, signal?: AbortSignal): Promise<CaptureResult>;
  /** What became of the payment with the key; null where the provider does not know it. */
  find(key: string, signal?: AbortSignal): Promise<CaptureResult | null>;
  /** Gives back what was taken under `captureKey`; where nothing was, sees to it that nothing will be. */
  refund(refund: { readonly key: string; readonly captureKey: string }, signal?: AbortSignal): Promise<RefundResult>;
  /** A token that stands for the card with the number: it can be stored. SERVICE_UNAVAILABLE where the provider is away. */
  tokenize(number: string, signal?: AbortSignal): Promise<string>;
  /** Rejects where the provider does not answer. */
  ping(signal?: AbortSignal): Promise<void>;
}

/** The provider did not answer, or not in a way that says what happened: it may have happened. */
export class ProviderUnanswered extends Error {
  override readonly name = 'ProviderUnanswered';
}
