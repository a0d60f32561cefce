import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { Seal, signs } from '../controls/seal.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { type Operation, SubmitCalculationDocument } from '../generated/operations.ts';
import { errorCode, inputFaults } from '../graph/error-code.ts';
import { DiceIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { parseNumber } from '../language/parse-number.ts';
import { useDraft } from '../session/draft.ts';
import { newIdempotencyKey } from '../session/new-key.ts';
import { useConnection } from '../session/session.tsx';
import classes from './calculation-form.module.css';
import { OperationChoice } from './operation-choice.tsx';
import type { ResultFeed } from './result-feed.ts';

interface Draft {
  readonly n1: string;
  readonly n2: string;
  readonly operation: Operation;
}

interface Faults {
  readonly n1?: string;
  readonly n2?: string;
  readonly whole?: string;
}

const operations = ['ADD', 'SUB', 'MUL', 'DIV', 'ALL'] as const;
const blank: Draft = { n1: '', n2: '', operation: 'ALL' };
const randomMost = 100;

/** Two numbers and an operation. What is typed stays, sent or not. */
export function CalculationForm({ feed }: { feed: ResultFeed }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { say } = useAnnouncer();
  const [draft, keep] = useDraft<Draft>('calculation', blank);
  const [faults, setFaults] = useState<Faults>({});
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  /** A submission that failed keeps its key: sent again unchanged, it cannot be counted twice. */
  const unsent = useRef<{ input: string; key: string } | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const n1 = parseNumber(draft.n1);
    const n2 = parseNumber(draft.n2);
    if (!n1.ok || !n2.ok) {
      setFaults({ ...(n1.ok ? {} : { n1: words.numberFaults[n1.fault] }), ...(n2.ok ? {} : { n2: words.numberFaults[n2.fault] }) });
      (n1.ok ? second : first).current?.focus();
      return;
    }
    setFaults({});
    const input = { n1: n1.value, n2: n2.value, operation: draft.operation, source: 'WEB' as const };
    const key = unsent.current?.input === JSON.stringify(input) ? unsent.current.key : newIdempotencyKey();
    unsent.current = null;
    feed.expect(key, input.n1, input.n2, input.operation);
    say(
      words.form.asked(`${format.value(input.n1)} ${draft.operation === 'ALL' ? ',' : signs[draft.operation]} ${format.value(input.n2)}`),
    );
    try {
      const { data } = await client.mutate({ mutation: SubmitCalculationDocument, variables: { input, idempotencyKey: key } });
      if (data?.submitCalculation.__typename === 'CalculationSubmitted') return feed.accepted(key, data.submitCalculation.task.id);
      feed.refused(key);
      setFaults({ whole: data?.submitCalculation.message ?? words.form.failed });
    } catch (error) {
      feed.refused(key);
      unsent.current = { input: JSON.stringify(input), key };
      setFaults(faultsOf(error, words.form));
    }
  };

  const field = (name: 'n1' | 'n2') => ({
    label: words.form[name],
    value: draft[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      keep({ ...draft, [name]: event.currentTarget.value });
      if (faults[name] !== undefined) setFaults({ ...faults, [name]: undefined });
    },
    onFocus: (event: { currentTarget: HTMLInputElement }) => event.currentTarget.select(),
    error: faults[name],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    name,
    size: 'md',
    classNames: { root: classes.field ?? '', input: classes.number ?? '', label: classes.label ?? '' },
  });

  return (
    <form onSubmit={submit} noValidate className={classes.form} aria-label={words.form.title}>
      <div className={classes.equation}>
        <TextInput ref={first} {...field('n1')} />
        <span className={classes.sign}>
          <Seal operation={draft.operation} named={false} />
        </span>
        <TextInput ref={second} {...field('n2')} />
      </div>
      <OperationChoice
        label={words.form.operation}
        options={operations}
        value={draft.operation}
        onChange={(operation) => keep({ ...draft, operation })}
      />
      {faults.whole !== undefined && (
        <p role="alert" className={classes.fault}>
          {faults.whole}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" size="md" className={classes.submit ?? ''}>
          {words.form.submit}
        </Button>
        <ActionIcon
          variant="default"
          size="2.625rem"
          aria-label={words.form.random}
          title={words.form.random}
          onClick={() => {
            keep({ ...draft, n1: String(randomOperand()), n2: String(randomOperand()) });
            setFaults({});
          }}
        >
          <DiceIcon />
        </ActionIcon>
      </div>
    </form>
  );
}

function randomOperand(): number {
  return 1 + Math.floor(Math.random() * randomMost);
}

/** The server's faults at the fields they name; the rest as one sentence. */
function faultsOf(error: unknown, words: { failed: string; forbidden: string }): Faults {
  const faults = inputFaults(error);
  const at = (name: string) => faults.find(({ path }) => path.at(-1) === name)?.message;
  const n1 = at('n1');
  const n2 = at('n2');
  if (n1 !== undefined || n2 !== undefined) return { ...(n1 === undefined ? {} : { n1 }), ...(n2 === undefined ? {} : { n2 }) };
  return { whole: errorCode(error) === 'FORBIDDEN' ? words.forbidden : words.failed };
}
