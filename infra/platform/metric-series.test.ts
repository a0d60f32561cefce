import { Counter, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { counterSeries, histogramSeries, seriesByLabels } from './metric-series.ts';

const labelled = { route: '/things/:id', method: 'GET' };
const buckets = [0.01, 0.1, 1, 10];
const counterIn = (registry: Registry) =>
  new Counter({ name: 'things', help: 'things', labelNames: ['method', 'route'], registers: [registry] });
const histogramIn = (registry: Registry) =>
  new Histogram({ name: 'seconds', help: 'seconds', labelNames: ['method', 'route'], buckets, registers: [registry] });

test('a series of a counter counts as the counter itself does, and with it', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const counter = counterIn(ours);
  counter.inc({ ...labelled }, 3);
  const series = counterSeries(counter, labelled);
  series.inc();
  series.inc(2.5);
  counterSeries(counter, { ...labelled, method: 'PUT' }).inc();
  const expected = counterIn(theirs);
  expected.inc(labelled, 6.5);
  expected.inc({ ...labelled, method: 'PUT' });
  expect(await ours.metrics()).toBe(await theirs.metrics());
});

test('a series of a histogram observes as the histogram itself does, and with it', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const histogram = histogramIn(ours);
  const expected = histogramIn(theirs);
  histogram.observe(labelled, 0.5);
  expected.observe(labelled, 0.5);
  const series = histogramSeries(histogram, buckets, { ...labelled });
  for (const value of [0, 0.01, 0.011, 0.1, 5, 10, 10.5, 1_000]) {
    series.observe(value);
    expected.observe(labelled, value);
  }
  expect(await ours.metrics()).toBe(await theirs.metrics());
});

test('what is made of labels is made once for each of them', () => {
  const made: string[] = [];
  const seriesOf = seriesByLabels((route: string, status: number) => {
    made.push(`${route} ${status}`);
    return { route, status };
  });
  const first = seriesOf('/things', 200);
  expect(seriesOf('/things', 404)).toEqual({ route: '/things', status: 404 });
  expect(seriesOf('/thing', 200)).toEqual({ route: '/thing', status: 200 });
  expect(seriesOf('/things', 200)).toBe(first);
  expect(made).toEqual(['/things 200', '/things 404', '/thing 200']);
});
