import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './form.module.css';
import type { Faults } from './use-submission.ts';

interface AccountFormProps {
  readonly label: string;
  readonly testId: string;
  readonly faults: Faults;
  /** What is wrong with all of it. */
  readonly whole: string | null;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  onSubmit(): void;
}

/** A form whose faults stand at their fields; the first of them is where the work goes on. */
export function AccountForm({ label, testId, faults, whole, children, actions, onSubmit }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-faulty="true"] input')?.focus();
  }, [faults]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form ref={form} onSubmit={send} noValidate className={classes.form} aria-label={label} data-testid={testId}>
      {children}
      {whole !== null && (
        <p role="alert" className={classes.fault}>
          {whole}
        </p>
      )}
      <div className={classes.actions}>{actions}</div>
    </form>
  );
}
