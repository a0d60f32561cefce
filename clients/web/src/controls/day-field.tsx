import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import 'dayjs/locale/fr.js';
import '@mantine/dates/styles.css';
import { type ReactNode, useEffect, useState } from 'react';
import { CalendarIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { parseDay } from '../language/parse-day.ts';
import classes from './day-field.module.css';

interface DayFieldProps {
  readonly label: string;
  readonly description?: string;
  /** Such as 2027-01-31; empty where none is chosen. */
  readonly value: string;
  readonly error?: ReactNode;
  readonly className?: string;
  /** The day that was typed or chosen; empty where nothing is typed, null where what is typed is no day. */
  onChange(day: string | null): void;
}

const dayOf = (text: string) => (text.trim() === '' ? '' : parseDay(text));

/** A day, typed as the reader's language writes it or chosen in a calendar. What is typed stays, whether it is a day or not. */
export function DayField({ label, description, value, error, className, onChange }: DayFieldProps) {
  const { words, format, code } = useLanguage();
  const [text, setText] = useState('');
  const [typing, setTyping] = useState(false);
  const [opened, setOpened] = useState(false);
  const say = (day: string) => (parseDay(day) === null ? day : format.day(day));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed gives way only where another day is chosen
  useEffect(() => {
    if ((dayOf(text) ?? '') !== value) setText(say(value));
  }, [value]);
  const type = (next: string) => {
    setText(next);
    onChange(dayOf(next));
  };
  return (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      className={className ?? ''}
      placeholder={words.day.pattern}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        setText(say(dayOf(text) || text));
      }}
      error={error || (!typing && dayOf(text) === null && words.day.fault)}
      autoComplete="off"
      rightSectionPointerEvents="all"
      rightSection={
        <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus shadow="md">
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.day.choose(label)}
              title={words.day.choose(label)}
              onClick={() => setOpened(!opened)}
            >
              <CalendarIcon />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown
            className={classes.calendar}
            // Else Escape would close the dialog around it too.
            onFocusCapture={({ target }) => target.setAttribute('data-mantine-stop-propagation', 'true')}
          >
            <DatePicker
              locale={code}
              value={dayOf(value) || null}
              {...(dayOf(value) ? { defaultDate: value } : {})}
              onChange={(day) => {
                type(day === null ? '' : format.day(day));
                setOpened(false);
              }}
              weekendDays={[]}
              hideOutsideDates
              highlightToday
              ariaLabels={words.day}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}
