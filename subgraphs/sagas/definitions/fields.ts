import { z } from 'zod';

const maxInteger = 2 ** 31 - 1;

/** Whether the database can keep it: no U+0000, no lone surrogate. */
const isStorable = (value: string) => !value.includes('\0') && value.isWellFormed();

const wholeNumber = 'must be a whole number from 1';
/** As the graph writes ids. */
const digits = /^[1-9]\d{0,9}$/;

/** Id of a row that is a whole number: itself, or its digits. */
export const rowId = z.preprocess(
  (value) => (typeof value === 'string' && digits.test(value) ? Number(value) : value),
  z.number(wholeNumber).int(wholeNumber).min(1, wholeNumber).max(maxInteger, `must be at most ${maxInteger}`),
);

export const count = (max: number) => z.number().int().min(1, `must be from 1 to ${max}`).max(max, `must be from 1 to ${max}`);

/** Text for people, up to so many characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine(isStorable, 'holds U+0000 or a lone surrogate');

export const name = text(64);
