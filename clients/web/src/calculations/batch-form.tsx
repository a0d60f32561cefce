import { Button, FileButton, Textarea, TextInput } from '@mantine/core';
import { type DragEvent, type FormEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { Choice } from '../controls/choice.tsx';
import { type BatchRowFragment, type BatchTaskInput, SubmitBatchDocument } from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { UploadIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { parseNumber } from '../language/parse-number.ts';
import { useDraft } from '../session/draft.ts';
import { newIdempotencyKey } from '../session/new-key.ts';
import { useConnection } from '../session/session.tsx';
import classes from './batch-form.module.css';
import formClasses from './calculation-form.module.css';
import { LineFaults } from './line-faults.tsx';
import { OperationChoice, type OperationOrMixed } from './operation-choice.tsx';
import { randomTasks } from './random-tasks.ts';
import { mostTasks, parseTasks } from './task-csv.ts';

interface Draft {
  readonly origin: 'random' | 'csv';
  readonly count: string;
  readonly operation: OperationOrMixed;
  readonly csv: string;
}

const operations = ['MIXED', 'ADD', 'SUB', 'MUL', 'DIV', 'ALL'] as const;
const blank: Draft = { origin: 'random', count: '1000', operation: 'MIXED', csv: '' };
const mostBytes = 2_000_000;

/** Many calculations at once: at random, or from lines of text with every fault named by its line. */
export function BatchForm({ onSubmitted }: { onSubmitted(batch: BatchRowFragment): void }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const [draft, keep] = useDraft<Draft>('batch', blank);
  const [fault, setFault] = useState<{ at: 'count' | 'csv' | 'whole'; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const countField = useRef<HTMLInputElement>(null);
  const csvField = useRef<HTMLTextAreaElement>(null);
  const unsent = useRef<{ tasks: readonly BatchTaskInput[]; input: string; key: string } | null>(null);
  const csv = useDeferredValue(draft.csv);
  const parsed = useMemo(() => parseTasks(csv), [csv]);
  const most = format.count(mostTasks);

  const change = (part: Partial<Draft>) => {
    keep({ ...draft, ...part });
    setFault(null);
  };

  const readTasks = (): readonly BatchTaskInput[] | null => {
    if (draft.origin === 'random') {
      const count = parseNumber(draft.count);
      if (!count.ok || !Number.isInteger(count.value) || count.value < 1 || count.value > mostTasks) {
        setFault({ at: 'count', text: words.batch.countFault(most) });
        countField.current?.focus();
        return null;
      }
      return randomTasks(count.value, draft.operation);
    }
    const { tasks, faultCount } = parseTasks(draft.csv);
    const text =
      faultCount > 0
        ? words.batch.faults(faultCount, format.count(faultCount))
        : tasks.length === 0
          ? words.batch.csvEmpty
          : tasks.length > mostTasks
            ? words.batch.csvTooMany(format.count(tasks.length), most)
            : null;
    if (text === null) return tasks;
    setFault({ at: 'csv', text });
    csvField.current?.focus();
    return null;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = JSON.stringify(draft);
    const again = unsent.current?.input === input ? unsent.current : null;
    const tasks = again?.tasks ?? readTasks();
    if (tasks === null) return;
    const key = again?.key ?? newIdempotencyKey();
    unsent.current = { tasks, input, key };
    setFault(null);
    setBusy(true);
    try {
      const { data } = await client.mutate({
        mutation: SubmitBatchDocument,
        variables: { input: { tasks: [...tasks], source: 'WEB' }, idempotencyKey: key },
      });
      const outcome = data?.submitBatch;
      unsent.current = null;
      if (outcome?.__typename === 'BatchSubmitted') onSubmitted(outcome.batch);
      else setFault({ at: 'whole', text: outcome?.message ?? words.batch.failed });
    } catch (error) {
      setFault({ at: 'whole', text: errorCode(error) === 'FORBIDDEN' ? words.form.forbidden : words.batch.failed });
    } finally {
      setBusy(false);
    }
  };

  const readFile = async (file: File | null) => {
    if (file === null) return;
    if (file.size > mostBytes) return setFault({ at: 'csv', text: words.batch.csvTooBig });
    change({ csv: await file.text() });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void readFile(event.dataTransfer.files[0] ?? null);
  };

  return (
    <form onSubmit={submit} noValidate className={formClasses.form} aria-label={words.batch.title}>
      <Choice
        label={words.batch.origin}
        wide
        options={[
          { value: 'random', label: words.batch.random },
          { value: 'csv', label: words.batch.csv },
        ]}
        value={draft.origin}
        onChange={(origin) => change({ origin })}
      />
      {draft.origin === 'random' ? (
        <>
          <TextInput
            ref={countField}
            label={words.batch.count}
            description={words.batch.countHint(most)}
            value={draft.count}
            onChange={(event) => change({ count: event.currentTarget.value })}
            error={fault?.at === 'count' ? fault.text : null}
            inputMode="numeric"
            autoComplete="off"
          />
          <OperationChoice
            label={words.batch.operation}
            options={operations}
            value={draft.operation}
            onChange={(operation) => change({ operation })}
          />
        </>
      ) : (
        <div>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the button beside it does the same */}
          <div onDrop={drop} onDragOver={(event) => event.preventDefault()}>
            <Textarea
              ref={csvField}
              label={words.batch.csvLabel}
              description={words.batch.csvHint}
              placeholder={words.batch.csvPlaceholder}
              value={draft.csv}
              onChange={(event) => change({ csv: event.currentTarget.value })}
              error={fault?.at === 'csv' ? fault.text : null}
              rows={6}
              spellCheck={false}
              classNames={{ input: classes.csv ?? '' }}
            />
          </div>
          <div className={classes.below}>
            <FileButton onChange={readFile} accept=".csv,.tsv,.txt,text/csv,text/plain">
              {(props) => (
                <Button {...props} variant="default" size="xs" leftSection={<UploadIcon />}>
                  {words.batch.csvFile}
                </Button>
              )}
            </FileButton>
            {parsed.faultCount === 0 && parsed.tasks.length > 0 && (
              <span className={classes.ready}>{words.batch.csvReady(parsed.tasks.length, format.count(parsed.tasks.length))}</span>
            )}
          </div>
          {parsed.faultCount > 0 && <LineFaults parsed={parsed} />}
        </div>
      )}
      {fault?.at === 'whole' && (
        <p role="alert" className={formClasses.fault}>
          {fault.text}
        </p>
      )}
      <Button type="submit" size="md" loading={busy}>
        {words.batch.submit}
      </Button>
    </form>
  );
}
