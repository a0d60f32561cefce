import type { Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import type { LoadResult } from '../load.ts';
import { pageCount, productCount } from './requests.ts';

/** One side in one round. */
export interface Sample extends LoadResult {
  /** Of the process that answers, for one request. */
  readonly cpuMicros: number;
}

type Figure = 'perSecond' | 'p50Ms' | 'p95Ms' | 'cpuMicros';
const of = (samples: readonly Sample[], figure: Figure) => samples.map((each) => each[figure]);
const middle = (samples: readonly Sample[], figure: Figure, digits: number) => median(of(samples, figure)).toFixed(digits);

/** Requests a second, latency and CPU of one side by itself. */
export function own(samples: readonly Sample[]): string[] {
  const worst = Math.max(...of(samples, 'p95Ms')).toFixed(0);
  return [
    spread(of(samples, 'perSecond')),
    `${middle(samples, 'p50Ms', 1)} / ${middle(samples, 'p95Ms', 1)} (${worst})`,
    middle(samples, 'cpuMicros', 0),
  ];
}

export function errorsOf(samples: readonly Sample[]): string {
  const errors = samples.reduce((sum, each) => sum + each.errors, 0);
  const refused = samples.flatMap((each) => Object.entries(each.refused).map(([status, count]) => `${count} × ${status}`));
  return [String(errors), ...refused].join(', ');
}

export function readRow(name: string, count: number, { ours, theirs }: { ours: readonly Sample[]; theirs: readonly Sample[] }): string[] {
  const [perSecond = '', latency = '', cpu = ''] = own(ours);
  return [
    name,
    String(count),
    perSecond,
    spread(of(theirs, 'perSecond')),
    spread(ratios(of(ours, 'perSecond'), of(theirs, 'perSecond')), 2),
    latency,
    `${middle(theirs, 'p50Ms', 1)} / ${middle(theirs, 'p95Ms', 1)}`,
    `${cpu} / ${middle(theirs, 'cpuMicros', 0)}`,
    errorsOf([...ours, ...theirs]),
  ];
}

/** @param orderPace orders a second. */
export function tables(
  { rows, orders, mixed }: Readonly<Record<'rows' | 'orders' | 'mixed', string[][]>>,
  orderPace: number,
  busy: string[],
): Table[] {
  return [
    {
      title: 'Reads',
      columns: [
        '',
        'clients',
        'requests/s, Comptoir',
        'requests/s, static',
        'ratio',
        'p50 / p95 ms, Comptoir (worst p95)',
        'p50 / p95 ms, static',
        'CPU µs a request, gateway / static',
        'errors',
      ],
      rows,
      notes: [
        'To reach: cached reads at least half of the static answer, which is the same byte for byte, its head too.',
        'What each can do alone: clients send the next request as soon as one is answered, so latency is clients divided by throughput. They share the two cores with gateway, subgraphs and PostgreSQL.',
        `Cold: with Cache-Control: no-cache, one of ${pageCount} pages and of ${productCount} products. Who asks for the same at the same time shares one making of the answer, as anywhere. Of the last list every request is another one, by its filter, so that nothing is shared.`,
        ...busy,
      ],
    },
    {
      title: 'Starting orders',
      columns: ['orders', 'clients', 'requests/s', 'p50 / p95 ms (worst p95)', 'CPU µs a request, gateway', 'errors'],
      rows: orders,
      notes: [
        'All at once: an order of each client in a round. The sagas that they start run at the same time on the same cores, and end before the next round.',
        `At ${orderPace} a second: as many as are carried through meanwhile, from the order to its end; the clients take turns.`,
      ],
    },
    {
      title: 'All together',
      columns: ['', 'next request', 'clients', 'requests/s', 'p50 / p95 ms (worst p95)', 'CPU µs a request, gateway', 'errors'],
      rows: mixed,
      notes: [
        'To reach: p95 below 105 ms at 300 clients, no errors, more than 1,200 requests a second. 300 clients who send 1,200 a second together wait between two requests; those who do not, and are answered 1,200 times a second, would be answered within 250 ms by arithmetic alone.',
        'Of 100 requests 50 lists (5 of them asked in a way that nobody asked before), 30 products (4 of them afresh), 19 times stock, 1 order, whose saga runs meanwhile on the same cores and whose changes of stock remove kept answers. Just emptied: the cache loses everything as soon as all clients send.',
      ],
    },
  ];
}
