import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CountStockDocument } from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { useLanguage } from '../language/language.tsx';
import { parseNumber } from '../language/parse-number.ts';
import { newIdempotencyKey } from '../session/new-key.ts';
import { useConnection } from '../session/session.tsx';
import classes from './count-dialog.module.css';

/** What is counted, and what is believed to be there. */
export interface Counting {
  readonly product: { readonly id: string; readonly name: string; readonly alertThreshold: number };
  readonly place: { readonly id: string; readonly name: string };
  readonly level: { readonly onHand: number; readonly allocated: number; readonly available: number };
}

const most = 1_000_000;

/** Asks for a count while there is something to count. It stays in the page when it closes, so that the focus goes back to where it came from. */
export function CountDialog({ counting, onClose }: { counting: Counting | null; onClose(): void }) {
  const { words } = useLanguage();
  const last = useRef(counting);
  if (counting !== null) last.current = counting;
  const shown = counting ?? last.current;
  return (
    <Modal
      opened={counting !== null}
      onClose={onClose}
      title={shown === null ? '' : words.stock.countTitle(shown.product.name)}
      centered
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      {shown !== null && <CountForm counting={shown} onClose={onClose} />}
    </Modal>
  );
}

/** Books a count. Where the stock moved while it was counted, nothing is booked: it says what is there now, and asks to count anew. */
function CountForm({ counting, onClose }: { counting: Counting; onClose(): void }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const { product, place } = counting;
  const [level, setLevel] = useState(counting.level);
  const [counted, setCounted] = useState('');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  /** A booking that failed keeps its key: sent again unchanged, it cannot be booked twice. */
  const unsent = useRef<{ sign: string; key: string } | null>(null);
  const quantity = readCount(counted);

  const refuse = (why: string) => {
    setFault(why);
    field.current?.focus();
  };
  const book = async (event: FormEvent) => {
    event.preventDefault();
    if (stale) return;
    if (quantity === null) return refuse(words.stock.countedFault);
    const input = {
      productId: product.id,
      placeId: place.id,
      quantity,
      expectedOnHand: level.onHand,
      reason: reason.trim() === '' ? null : reason.trim(),
    };
    const sign = JSON.stringify(input);
    const idempotencyKey = unsent.current?.sign === sign ? unsent.current.key : newIdempotencyKey();
    unsent.current = { sign, key: idempotencyKey };
    setBusy(true);
    setFault(null);
    try {
      const { data } = await client.mutate({ mutation: CountStockDocument, variables: { ...input, idempotencyKey } });
      const outcome = data?.countStock;
      unsent.current = null;
      if (outcome?.__typename === 'StockChanged') {
        notice(words.stock.booked);
        onClose();
      } else if (outcome?.__typename === 'StaleStock') {
        setLevel(outcome.level);
        setStale(true);
      } else if (outcome?.__typename === 'InsufficientStock') refuse(words.stock.tooFew(format.count(level.allocated)));
      else refuse(words.stock.bookFailed);
    } catch (error) {
      refuse(errorCode(error) === 'FORBIDDEN' ? words.stock.forbidden : words.stock.bookFailed);
    } finally {
      setBusy(false);
    }
  };
  const recount = () => {
    setStale(false);
    setCounted('');
    setFault(null);
    setTimeout(() => field.current?.focus());
  };

  return (
    <form onSubmit={book} noValidate className={classes.form} data-testid="count-form">
      <p className={classes.place}>{place.name}</p>
      <dl className={classes.facts}>
        <div>
          <dt>{words.stock.expected}</dt>
          <dd data-testid="expected">{format.count(level.onHand)}</dd>
        </div>
        <div>
          <dt>{words.stock.allocatedLabel}</dt>
          <dd>{format.count(level.allocated)}</dd>
        </div>
        <div>
          <dt>{words.stock.threshold}</dt>
          <dd>{format.count(product.alertThreshold)}</dd>
        </div>
      </dl>
      {stale && (
        <div role="alert" className={classes.stale} data-testid="stale">
          <strong>{words.stock.staleTitle}</strong>
          <p>{words.stock.staleText(format.count(level.onHand))}</p>
          <Button size="xs" onClick={recount} autoFocus>
            {words.stock.recount}
          </Button>
        </div>
      )}
      <div className={classes.counted}>
        <TextInput
          ref={field}
          label={words.stock.counted}
          value={counted}
          onChange={(event) => {
            setCounted(event.currentTarget.value);
            setFault(null);
          }}
          error={fault}
          disabled={stale}
          inputMode="numeric"
          autoComplete="off"
          size="md"
          data-autofocus
          classNames={{ input: classes.number ?? '' }}
        />
        <output className={classes.difference} data-none={quantity === null || quantity === level.onHand}>
          {quantity === null
            ? ' '
            : quantity === level.onHand
              ? words.stock.same
              : words.stock.difference(format.change(quantity - level.onHand))}
        </output>
      </div>
      <TextInput
        label={words.stock.reason}
        placeholder={words.stock.reasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autoComplete="off"
      />
      <div className={classes.answer}>
        <Button variant="default" onClick={onClose}>
          {words.app.cancel}
        </Button>
        <Button type="submit" loading={busy} disabled={stale}>
          {words.stock.book}
        </Button>
      </div>
    </form>
  );
}

function readCount(text: string): number | null {
  const parsed = parseNumber(text);
  return parsed.ok && Number.isInteger(parsed.value) && parsed.value >= 0 && parsed.value <= most ? parsed.value : null;
}
