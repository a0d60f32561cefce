import { ActionIcon, TextInput } from '@mantine/core';
import { AddIcon, LessIcon, TrashIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { amountOf, type DraftLine, readQuantity, totalMinor } from './draft-order.ts';
import classes from './order-lines.module.css';

interface OrderLinesProps {
  readonly lines: readonly DraftLine[];
  readonly showFaults: boolean;
  onChange(lines: readonly DraftLine[]): void;
}

/** The items of an order that is put together. */
export function OrderLines({ lines, showFaults, onChange }: OrderLinesProps) {
  const { words, format } = useLanguage();
  const set = (id: string, quantity: string) => onChange(lines.map((line) => (line.product.id === id ? { ...line, quantity } : line)));
  return (
    <ul className={classes.lines}>
      {lines.map((line) => {
        const { product, quantity } = line;
        const count = readQuantity(quantity);
        const short = count !== null && count > product.available;
        return (
          <li key={product.id} data-testid="draft-line" data-product={product.id}>
            <div className={classes.what}>
              <strong>{product.name}</strong>
              <span>
                {format.money(product.price)}
                <span className={classes.available} data-short={short}>
                  {words.newOrder.available(product.available, format.count(product.available))}
                </span>
              </span>
            </div>
            <div className={classes.quantity}>
              <ActionIcon
                variant="default"
                size="2.25rem"
                aria-label={words.newOrder.less}
                disabled={count === null || count <= 1}
                onClick={() => set(product.id, String((count ?? 2) - 1))}
              >
                <LessIcon />
              </ActionIcon>
              <TextInput
                aria-label={words.newOrder.quantityOf(product.name)}
                value={quantity}
                onChange={(event) => set(product.id, event.currentTarget.value)}
                error={showFaults && count === null}
                inputMode="numeric"
                autoComplete="off"
                classNames={{ input: classes.number ?? '' }}
              />
              <ActionIcon
                variant="default"
                size="2.25rem"
                aria-label={words.newOrder.more}
                onClick={() => set(product.id, String((count ?? 0) + 1))}
              >
                <AddIcon />
              </ActionIcon>
            </div>
            <span className={classes.total}>
              {format.money({ amount: amountOf(totalMinor([line])), currency: product.price.currency })}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="2.25rem"
              aria-label={words.newOrder.remove(product.name)}
              title={words.newOrder.remove(product.name)}
              onClick={() => onChange(lines.filter((other) => other !== line))}
            >
              <TrashIcon />
            </ActionIcon>
            {showFaults && count === null && <p className={classes.fault}>{words.newOrder.quantityFault}</p>}
          </li>
        );
      })}
    </ul>
  );
}
