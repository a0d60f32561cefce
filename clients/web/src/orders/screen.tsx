import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Choice } from '../controls/choice.tsx';
import { LivePanel } from '../controls/live-panel.tsx';
import { Mark } from '../controls/mark.tsx';
import { NoMatch } from '../controls/no-match.tsx';
import { Empty, Lines } from '../controls/quiet.tsx';
import { type Column, RowTable } from '../controls/row-table.tsx';
import { pageSize } from '../feed/live-list.ts';
import type { RowFeed } from '../feed/row-feed.ts';
import { useRowFeed } from '../feed/use-row-feed.ts';
import { useAddress } from '../frame/use-address.ts';
import { OneCustomerDocument, OrderPageDocument, OrdersChangedDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { listen } from '../graph/listen.ts';
import { useAsked } from '../graph/use-asked.ts';
import { AddIcon, CloseIcon, OrdersIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';
import { ordersCsv } from './orders-csv.ts';
import classes from './screen.module.css';
import { customerName, type OrderFilter, type OrderRow, orderFilters, statusOf, toneOf } from './statuses.ts';

/** Orders as they come and change. */
export function OrdersScreen() {
  const { words } = useLanguage();
  const [filter, setFilter] = useAddress('etat', orderFilters);
  const [search] = useSearchParams();
  const customerId = search.get('client');
  const status = statusOf[filter];
  const feed = useRowFeed<OrderRow>(`${filter} ${customerId}`, (client) => ({
    page: async (after) => {
      const statuses = status === null ? null : [status];
      const { orders } = await ask(client, OrderPageDocument, { customerId, statuses, first: pageSize, after });
      return { nodes: orders.nodes, hasNextPage: orders.pageInfo.hasNextPage, endCursor: orders.pageInfo.endCursor ?? null };
    },
    changes: (take) => listen(client, OrdersChangedDocument, { customerId }, { data: ({ orders }) => take(orders) }),
    belongs: (order) => (status === null || order.status === status) && (customerId === null || order.customerId === customerId),
  }));
  const mayOrder = useMay(['ADMIN', 'MANAGER', 'CLERK', 'INTEGRATION']);
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <StatusFilter value={filter} onChange={setFilter} />
        {customerId !== null && <CustomerChip id={customerId} />}
        {mayOrder && (
          <Button component={Link} to="/app/commandes/nouvelle" leftSection={<AddIcon />} className={classes.new ?? ''}>
            {words.newOrder.title}
          </Button>
        )}
      </div>
      <div className={classes.list}>
        {feed === null ? <Lines count={10} /> : <Orders feed={feed} filtered={status !== null || customerId !== null} />}
      </div>
    </div>
  );
}

/** On a phone not all of them fit: the one that is chosen, perhaps by a saved view, is brought in sight. */
function StatusFilter({ value, onChange }: { value: OrderFilter; onChange(filter: OrderFilter): void }) {
  const { words } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = box.current?.querySelector<HTMLElement>(`[data-value="${value}"]`);
    if (box.current && chosen) box.current.scrollLeft = chosen.offsetLeft - (box.current.clientWidth - chosen.offsetWidth) / 2;
  }, [value]);
  return (
    <div ref={box} className={classes.filters}>
      <Choice
        label={words.orders.filter}
        quiet
        options={orderFilters.map((each) => ({ value: each, label: words.orders.filters[each] }))}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

/** Whose orders are shown; goes away at a press. */
function CustomerChip({ id }: { id: string }) {
  const { words } = useLanguage();
  const [, setSearch] = useSearchParams();
  const customer = useAsked(OneCustomerDocument, { id }).data?.customer ?? null;
  const name = customer === null ? words.orders.short(id) : `${customer.firstName} ${customer.lastName}`;
  return (
    <button
      type="button"
      className={classes.chip}
      title={words.orders.allCustomers}
      onClick={() =>
        setSearch((before) => {
          const after = new URLSearchParams(before);
          after.delete('client');
          return after;
        })
      }
      data-testid="customer-filter"
    >
      {words.orders.ofCustomer(name)}
      <CloseIcon role="img" aria-hidden={false} aria-label={words.orders.allCustomers} />
    </button>
  );
}

function Orders({ feed, filtered }: { feed: RowFeed<OrderRow>; filtered: boolean }) {
  const { words } = useLanguage();
  const columns = useColumns();
  return (
    <LivePanel
      feed={feed}
      name="orders"
      className={classes.panel}
      words={words.orders}
      csv={ordersCsv}
      empty={
        filtered ? (
          <NoMatch icon={<OrdersIcon />} title={words.orders.emptyFiltered} />
        ) : (
          <Empty icon={<OrdersIcon />} title={words.orders.empty} hint={words.orders.emptyHint} />
        )
      }
    >
      {({ list, fresh }) => (
        <RowTable
          label={words.orders.title}
          testId="orders"
          columns={columns}
          rows={list.rows}
          hasOlder={list.hasOlder}
          end={list.hasOlder ? words.orders.older : words.orders.end}
          fresh={fresh}
          href={({ id }) => `/app/commandes/${id}`}
          state={({ status }) => status}
          onEnd={feed.loadOlder}
          onHold={feed.hold}
        />
      )}
    </LivePanel>
  );
}

function useColumns(): readonly [Column<OrderRow>, ...Column<OrderRow>[]] {
  const { words, format } = useLanguage();
  return useMemo(
    () => [
      { name: 'id', label: words.orders.id, width: 'minmax(4rem, 0.4fr)', cell: ({ id }) => words.orders.short(id) },
      {
        name: 'status',
        label: words.orders.status,
        width: 'minmax(7rem, 0.8fr)',
        cell: ({ status }) => <Mark tone={toneOf[status]}>{words.orders.statuses[status]}</Mark>,
      },
      {
        name: 'customer',
        label: words.orders.customer,
        width: 'minmax(9rem, 1.4fr)',
        cell: (order) => (
          <>
            {customerName(order, words.orders.customerN)}
            {order.customerDeleted && <span className={classes.gone}>{words.orders.deleted}</span>}
          </>
        ),
      },
      {
        name: 'articles',
        label: words.orders.articles,
        width: '6rem',
        right: true,
        spare: true,
        notOnPhone: true,
        cell: ({ lines }) => format.count(lines.reduce((sum, { quantity }) => sum + quantity, 0)),
      },
      {
        name: 'total',
        label: words.orders.total,
        width: '7rem',
        right: true,
        cell: ({ total }) => <strong className={classes.total}>{format.money(total)}</strong>,
      },
      {
        name: 'at',
        label: words.orders.at,
        width: '8rem',
        right: true,
        notOnPhone: true,
        cell: ({ createdAt }) => <span className={classes.quiet}>{format.dateTime(createdAt)}</span>,
      },
    ],
    [words, format],
  );
}
