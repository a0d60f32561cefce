import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import classes from './confirm.module.css';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly text: string;
  readonly answer: string;
  /** What cannot be taken back is red. */
  readonly grave?: boolean;
  readonly busy: boolean;
  readonly children?: ReactNode;
  onClose(): void;
  onAnswer(): void;
}

/** Asks before something is done. */
export function Confirm({ opened, title, text, answer, grave = false, busy, children, onClose, onAnswer }: ConfirmProps) {
  const { words } = useLanguage();
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': words.app.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAnswer();
        }}
      >
        <p className={classes.text}>{text}</p>
        {children}
        <div className={classes.answer}>
          <Button variant="default" onClick={onClose}>
            {words.app.back}
          </Button>
          <Button
            type="submit"
            {...(grave ? { color: 'red' } : {})}
            loading={busy}
            data-autofocus={children === undefined ? true : undefined}
          >
            {answer}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
