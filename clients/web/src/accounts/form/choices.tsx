import { Checkbox } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './form.module.css';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** To be seen, not to be changed. */
  readonly fixed?: boolean;
}

const nothing = '—';

interface ChoicesProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly options: readonly Option[];
  readonly values: readonly string[];
  readonly fault?: string | undefined;
  /** Only what is ticked is told. */
  readonly readOnly?: boolean;
  readonly testId: string;
  /** What stands beside the hint, as a way to take all. */
  readonly aside?: ReactNode;
  onChange(values: readonly string[]): void;
}

/** Any of some, all of them visible. */
export function Choices({ label, hint, options, values, fault, readOnly = false, testId, aside, onChange }: ChoicesProps) {
  const id = useId();
  if (readOnly) {
    const chosen = options.filter(({ value }) => values.includes(value)).map((option) => option.label);
    return (
      <fieldset className={classes.choices} data-testid={testId}>
        <legend>{label}</legend>
        <p className={classes.chosen}>{chosen.join(', ') || nothing}</p>
      </fieldset>
    );
  }
  const said = [hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <fieldset className={classes.choices} data-faulty={fault !== undefined} aria-describedby={said || undefined} data-testid={testId}>
      <legend>{label}</legend>
      {(hint !== undefined || aside !== undefined) && (
        <div className={classes.about}>
          <p id={`${id}-hint`} className={classes.hint}>
            {hint}
          </p>
          {aside}
        </div>
      )}
      <div className={classes.options}>
        {options.map(({ value, label: name, hint: about, fixed = false }) => (
          <Checkbox
            key={value}
            label={name}
            {...(about === undefined ? {} : { description: about })}
            value={value}
            checked={values.includes(value)}
            disabled={fixed}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...values, value] : values.filter((other) => other !== value))
            }
          />
        ))}
      </div>
      {fault !== undefined && (
        <p id={`${id}-fault`} className={classes.fieldFault}>
          {fault}
        </p>
      )}
    </fieldset>
  );
}
