import type { Fault } from '@comptoir/platform/errors.ts';
import { textFaults } from '@comptoir/platform/text.ts';

const maxLength = 1_000;

export const addressFaults = (address: string | null | undefined, path: Fault['path'], { required = false } = {}): Fault[] =>
  textFaults(address ?? '', path, { min: required ? 1 : 0, max: maxLength });

/** Without the blanks around it; null where nothing is left. */
export const cleanAddress = (address: string | null | undefined): string | null => address?.trim() || null;
