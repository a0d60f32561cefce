import { ActionIcon, Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Finder } from '../controls/finder.tsx';
import { Panel } from '../controls/panel.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useHeading } from '../frame/heading.tsx';
import { FindCustomersDocument, FindProductsDocument, PlacesDocument, StartOrderProcessingDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { errorCode, inputFaults } from '../graph/error-code.ts';
import { useAsked } from '../graph/use-asked.ts';
import { CloseIcon, DiceIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useDraft } from '../session/draft.ts';
import { newIdempotencyKey } from '../session/new-key.ts';
import { useConnection } from '../session/session.tsx';
import { addProduct, amountOf, blankOrder, type DraftFault, type DraftOrder, faultsOf, inputOf, totalMinor } from './draft-order.ts';
import classes from './new-order-screen.module.css';
import { OrderLines } from './order-lines.tsx';
import { PaymentChoice } from './payment-choice.tsx';
import { randomOrder } from './random-order.ts';

const found = 12;
const nothing = {};
const noFaults: ReadonlySet<DraftFault> = new Set();

/** An order to be processed: who, what, where to and how it is paid. Once sent, its saga is shown. */
export function NewOrderScreen() {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { notice, say } = useAnnouncer();
  const navigate = useNavigate();
  const [draft, keep] = useDraft<DraftOrder>('order', blankOrder);
  const [faults, setFaults] = useState(noFaults);
  const [whole, setWhole] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const places = useAsked(PlacesDocument, nothing).data?.places ?? [];
  const customerField = useRef<HTMLInputElement>(null);
  const productField = useRef<HTMLInputElement>(null);
  const addressField = useRef<HTMLTextAreaElement>(null);
  /** A submission that failed keeps its key: sent again unchanged, it cannot order twice. */
  const unsent = useRef<{ input: string; key: string } | null>(null);
  useHeading(words.newOrder.title, '/app/commandes', words.orders.back);

  const change = (part: Partial<DraftOrder>) => {
    const next = { ...draft, ...part };
    keep(next);
    setWhole(null);
    // A fault goes as soon as it is mended; a new one is told at the next try.
    if (faults.size > 0) setFaults(new Set([...faultsOf(next)].filter((fault) => faults.has(fault))));
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = faultsOf(draft);
    setFaults(wrong);
    if (wrong.size > 0) {
      const field = wrong.has('customer') ? customerField : wrong.has('address') && wrong.size === 1 ? addressField : productField;
      field.current?.focus();
      return;
    }
    const input = inputOf(draft);
    const sign = JSON.stringify(input);
    const key = unsent.current?.input === sign ? unsent.current.key : newIdempotencyKey();
    unsent.current = { input: sign, key };
    setBusy(true);
    setWhole(null);
    try {
      const { data } = await client.mutate({ mutation: StartOrderProcessingDocument, variables: { input, idempotencyKey: key } });
      const outcome = data?.startOrderProcessing;
      unsent.current = null;
      if (outcome?.__typename !== 'OrderProcessingStarted') return setWhole(words.newOrder.failed);
      keep({ ...blankOrder, customer: draft.customer, address: draft.address, payment: draft.payment });
      notice(words.newOrder.startedNotice);
      await navigate(`/app/sagas/${outcome.saga.id}`);
    } catch (error) {
      const said = inputFaults(error).map(({ message }) => message);
      setWhole(errorCode(error) === 'FORBIDDEN' ? words.newOrder.forbidden : [words.newOrder.failed, ...said].join(' '));
    } finally {
      setBusy(false);
    }
  };

  const fill = async () => {
    try {
      const next = await randomOrder(client);
      if (next !== null) change({ ...next, payment: draft.payment, placeId: draft.placeId });
    } catch {
      notice(words.newOrder.searchFailed, 'trouble');
    }
  };

  return (
    <form onSubmit={submit} noValidate className={classes.screen} aria-label={words.newOrder.title}>
      <div className={classes.main}>
        <Panel
          title={words.newOrder.customer}
          aside={
            <Button size="xs" variant="default" leftSection={<DiceIcon />} onClick={fill} data-testid="random-order">
              {words.newOrder.random}
            </Button>
          }
        >
          <div className={classes.part}>
            {draft.customer === null ? (
              <Finder
                label={words.newOrder.findCustomer}
                hint={words.newOrder.customerHint}
                nothing={words.newOrder.nobody}
                fault={faults.has('customer') ? words.newOrder.customerMissing : undefined}
                field={customerField}
                testId="customer-finder"
                find={async (text) => {
                  const { customers } = await ask(client, FindCustomersDocument, { search: text, first: found });
                  const named = customers.nodes.map((value) => ({
                    id: value.id,
                    value: value as DraftOrder['customer'],
                    face: <Face name={`${value.firstName} ${value.lastName}`} note={value.email} />,
                  }));
                  // A number may be ordered for whether it is known or not: the saga finds out.
                  if (!/^\d{1,9}$/.test(text)) return named;
                  return [{ id: `n${text}`, value: { id: text }, face: <Face name={words.newOrder.unknown(text)} /> }, ...named];
                }}
                onPick={(customer) => {
                  change({ customer });
                  if (customer !== null) say(words.newOrder.chosen(nameOf(customer, words.orders.customerN)));
                  productField.current?.focus();
                }}
              />
            ) : (
              <div className={classes.chosen} data-testid="chosen-customer">
                <Face name={nameOf(draft.customer, words.orders.customerN)} note={draft.customer.email} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={words.newOrder.change}
                  title={words.newOrder.change}
                  onClick={() => {
                    change({ customer: null });
                    setTimeout(() => customerField.current?.focus());
                  }}
                >
                  <CloseIcon />
                </ActionIcon>
              </div>
            )}
            <Textarea
              ref={addressField}
              label={words.newOrder.address}
              value={draft.address}
              onChange={(event) => change({ address: event.currentTarget.value })}
              error={faults.has('address') ? words.newOrder.addressMissing : null}
              autoComplete="off"
              rows={2}
            />
          </div>
        </Panel>
        <Panel title={words.newOrder.lines} testId="draft-lines">
          <div className={classes.part}>
            <Finder
              label={words.newOrder.addProduct}
              hint={words.newOrder.addProductHint}
              nothing={words.newOrder.nothing}
              fault={faults.has('lines') ? words.newOrder.linesMissing : undefined}
              field={productField}
              testId="product-finder"
              find={async (text) => {
                const { products } = await ask(client, FindProductsDocument, { search: text, first: found });
                return products.nodes.map((value) => ({
                  id: value.id,
                  value,
                  face: (
                    <Face
                      name={value.name}
                      note={value.sku}
                      aside={`${format.money(value.price)} · ${words.newOrder.available(value.available, format.count(value.available))}`}
                    />
                  ),
                }));
              }}
              onPick={({ id, name, sku, price, available }) => {
                change({ lines: addProduct(draft.lines, { id, name, sku, price, available }) });
                say(words.newOrder.chosen(name));
              }}
            />
          </div>
          <OrderLines lines={draft.lines} showFaults={faults.has('quantity')} onChange={(lines) => change({ lines })} />
        </Panel>
      </div>
      <div className={classes.side}>
        <Panel title={words.newOrder.payment}>
          <div className={classes.part}>
            <PaymentChoice value={draft.payment} onChange={(payment) => change({ payment })} />
            <NativeSelect
              label={words.newOrder.place}
              value={draft.placeId}
              onChange={(event) => change({ placeId: event.currentTarget.value })}
              data={[
                { value: '', label: words.newOrder.warehouse },
                ...places.filter(({ kind }) => kind === 'STORE').map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <div className={classes.total}>
              <span>{words.newOrder.total}</span>
              <output data-testid="draft-total">
                {format.money({
                  amount: amountOf(totalMinor(draft.lines)),
                  currency: draft.lines[0]?.product.price.currency ?? 'EUR',
                })}
              </output>
            </div>
            {whole !== null && (
              <p role="alert" className={classes.fault}>
                {whole}
              </p>
            )}
            <Button type="submit" size="md" loading={busy} data-testid="submit-order">
              {words.newOrder.submit}
            </Button>
            <p className={classes.lead}>{words.newOrder.lead}</p>
          </div>
        </Panel>
      </div>
    </form>
  );
}

function Face({ name, note, aside }: { name: string; note?: string | undefined; aside?: ReactNode }) {
  return (
    <>
      <span className={classes.face}>
        <strong>{name}</strong>
        {note !== undefined && <span>{note}</span>}
      </span>
      {aside !== undefined && <span className={classes.aside}>{aside}</span>}
    </>
  );
}

function nameOf(customer: NonNullable<DraftOrder['customer']>, numbered: (id: string) => string): string {
  return customer.lastName === undefined ? numbered(customer.id) : `${customer.firstName} ${customer.lastName}`;
}
