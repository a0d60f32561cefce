import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './finder.module.css';

export interface Find<T> {
  readonly id: string;
  readonly value: T;
  readonly face: ReactNode;
}

interface FinderProps<T> {
  readonly label: string;
  readonly hint: string;
  readonly nothing: string;
  readonly fault?: string | undefined;
  readonly field?: Ref<HTMLInputElement>;
  readonly testId: string;
  find(text: string): Promise<readonly Find<T>[]>;
  onPick(value: T): void;
}

const quietMs = 180;

/** A field that proposes what matches as one types; arrows and Enter choose. */
export function Finder<T>({ label, hint, nothing, fault, field, testId, find, onPick }: FinderProps<T>) {
  const { words, format } = useLanguage();
  const { say } = useAnnouncer();
  const list = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [finds, setFinds] = useState<readonly Find<T>[] | 'failed' | null>(null);
  const [active, setActive] = useState(0);
  const lookFor = useRef(find);
  lookFor.current = find;
  const options = Array.isArray(finds) ? (finds as readonly Find<T>[]) : [];

  useEffect(() => {
    if (!open) return;
    let gone = false;
    const timer = setTimeout(
      () => {
        lookFor.current(text.trim()).then(
          (found) => {
            if (gone) return;
            setFinds(found);
            setActive(0);
            say(found.length === 0 ? nothing : words.newOrder.found(found.length, format.count(found.length)));
          },
          () => !gone && setFinds('failed'),
        );
      },
      text === '' ? 0 : quietMs,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text, open, nothing, say, words, format]);

  const pick = (index: number) => {
    const chosen = options[index];
    if (chosen === undefined) return;
    setText('');
    setOpen(false);
    setFinds(null);
    onPick(chosen.value);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      setOpen(false);
    }
    if (event.key === 'Enter') {
      // Enter chooses; it must not send the form that the field stands in.
      event.preventDefault();
      if (open) pick(active);
      else setOpen(true);
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (!open) return setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const next = Math.min(options.length - 1, Math.max(0, active + step));
    setActive(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const shown = open && finds !== null;

  return (
    <div className={classes.finder}>
      <TextInput
        ref={field}
        label={label}
        placeholder={hint}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
        error={fault}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && options.length > 0 ? `${list}-${active}` : undefined}
        data-testid={testId}
      />
      <div className={classes.drop} hidden={!shown}>
        {/* The field keeps the focus: what scrolls would be next for Tab, and go away under it. */}
        <div
          id={list}
          role="listbox"
          tabIndex={-1}
          aria-label={words.newOrder.proposals}
          className={classes.options}
          onPointerDown={(event) => event.preventDefault()}
        >
          {options.map(({ id, face }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses from the field
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={id}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              className={classes.option}
              onPointerMove={() => setActive(index)}
              onClick={() => pick(index)}
              data-testid="option"
            >
              {face}
            </div>
          ))}
        </div>
        {finds === 'failed' && <p className={classes.note}>{words.newOrder.searchFailed}</p>}
        {shown && options.length === 0 && finds !== 'failed' && <p className={classes.note}>{nothing}</p>}
      </div>
    </div>
  );
}
