import { useId } from 'react';
import { useLanguage } from '../language/language.tsx';
import classes from './payment-choice.module.css';
import { paymentMethods } from './payment-methods.ts';

/** How the order is paid; of the test cards, what they bring about. */
export function PaymentChoice({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { words } = useLanguage();
  const name = useId();
  const options = (test: boolean) =>
    paymentMethods
      .filter((method) => method.test === test)
      .map((method) => {
        const [title, effect] = words.newOrder.methods[method.name] ?? [method.name, ''];
        return (
          <label key={method.value} className={classes.option} data-checked={method.value === value}>
            <input
              type="radio"
              name={name}
              value={method.value}
              checked={method.value === value}
              onChange={() => onChange(method.value)}
              className={classes.input}
              aria-label={`${title}, ${effect}`}
              data-testid={`pay-${method.name}`}
            />
            <strong>{title}</strong>
            <span>{effect}</span>
          </label>
        );
      });
  return (
    <fieldset className={classes.methods}>
      <legend className={classes.spoken}>{words.newOrder.payment}</legend>
      <div className={classes.options} data-three>
        {options(false)}
      </div>
      <p className={classes.heading}>{words.newOrder.testCards}</p>
      <div className={classes.options}>{options(true)}</div>
    </fieldset>
  );
}
