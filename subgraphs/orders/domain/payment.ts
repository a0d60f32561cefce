export const paymentStatuses = ['PENDING', 'CAPTURED', 'REFUNDED', 'FAILED'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** A payment that failed never moved money; any other did, or may yet turn out to have. */
export const mayHoldMoney = (status: PaymentStatus): boolean => status !== 'FAILED';
