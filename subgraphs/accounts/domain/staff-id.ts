import { parseId } from '@comptoir/platform/text.ts';

const prefix = 'staff:';

/** As what a member of staff is a consumer. */
export const consumerIdOfStaff = (staffId: number): string => `${prefix}${staffId}`;

/** The member of staff that a consumer is; null where it is a program. */
export const staffIdOfConsumer = (consumerId: string): number | null =>
  consumerId.startsWith(prefix) ? parseId(consumerId.slice(prefix.length)) : null;
