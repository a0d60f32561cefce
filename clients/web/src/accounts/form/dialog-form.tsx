import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../../language/language.tsx';
import classes from './form.module.css';
import type { Submission } from './use-submission.ts';

interface DialogFormProps {
  /** On the button that does it. */
  readonly answer: string;
  /** What it does is hard to take back. */
  readonly grave?: boolean;
  /** Of the dialog, as in `issue-form` and `issue-do`. */
  readonly testName: string;
  readonly submission: Pick<Submission, 'whole' | 'busy'>;
  readonly children: ReactNode;
  onClose(): void;
  onSubmit(): void;
}

/** What a dialog asks for before it does something, and the way out of it. */
export function DialogForm({ answer, grave = false, testName, submission, children, onClose, onSubmit }: DialogFormProps) {
  const { words } = useLanguage();
  return (
    <form
      noValidate
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      data-testid={`${testName}-form`}
    >
      {children}
      {submission.whole !== null && (
        <p role="alert" className={classes.fault}>
          {submission.whole}
        </p>
      )}
      <div className={classes.answers}>
        <Button variant="default" onClick={onClose}>
          {words.app.back}
        </Button>
        <Button type="submit" loading={submission.busy} {...(grave ? { color: 'red' } : {})} data-testid={`${testName}-do`}>
          {answer}
        </Button>
      </div>
    </form>
  );
}
