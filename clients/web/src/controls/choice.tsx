import { type ReactNode, useId } from 'react';
import classes from './choice.module.css';

interface ChoiceProps<T extends string> {
  readonly label: string;
  /** The label is read aloud only. */
  readonly quiet?: boolean;
  readonly options: readonly { readonly value: T; readonly label: string; readonly face?: ReactNode }[];
  readonly value: T;
  onChange(value: T): void;
  readonly wide?: boolean;
  readonly size?: 'small' | 'large';
}

/** One of a few, all of them visible: radio buttons that look like a switch. */
export function Choice<T extends string>({ label, quiet = false, options, value, onChange, wide = false, size = 'small' }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={classes.group}>
      <legend className={quiet ? classes.quiet : classes.legend}>{label}</legend>
      <div className={classes.options} data-wide={wide} data-size={size}>
        {options.map((option) => (
          <label key={option.value} className={classes.option} data-checked={option.value === value} data-value={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className={classes.input}
              aria-label={option.face === undefined ? undefined : option.label}
            />
            {option.face ?? option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
