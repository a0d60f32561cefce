import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFormat } from './format.ts';
import { parseDay } from './parse-day.ts';

test.each(['31/01/2027', '31/1/2027', '31.01.2027', '31-1-2027', '31 01 2027', ' 2027-01-31 ', '2027-1-31'])(
  '%s is the 31st of January',
  (text) => expect(parseDay(text)).toBe('2027-01-31'),
);

test.each(['', '31/01', '31/01/27', '30/02/2027', '01/13/2027', '0/1/2027', '31/01/20277', 'demain', '2027-02-30'])(
  '%s is no day',
  (text) => expect(parseDay(text)).toBeNull(),
);

test.each(['fr-FR', 'en-GB'])('a day as it is written in %s is read as the same', (locale) => {
  const format = createFormat(locale, { undefinedValue: '' });
  const days = fc
    .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  fc.assert(
    fc.property(days, (day) => {
      expect(parseDay(format.day(day))).toBe(day);
    }),
  );
});
