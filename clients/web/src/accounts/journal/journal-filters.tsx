import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { DayField } from '../../controls/day-field.tsx';
import { Finder } from '../../controls/finder.tsx';
import { ConsumerNamesDocument, FindActorsDocument } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { CloseIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useConnection, useMay } from '../../session/session.tsx';
import classes from '../list.module.css';
import { actionGroups } from './actions.ts';
import { ActorName, nobody } from './actor-name.tsx';
import { sayKindAndId } from './say-entry.ts';
import type { JournalFilter } from './use-journal-filter.ts';

const mostFound = 8;

/** What narrows the audit log; on a phone it is folded away. */
export function JournalFilters({ journal }: { journal: JournalFilter }) {
  const { words } = useLanguage();
  const { values, set, backwards, narrowed } = journal;
  const [unfolded, unfold] = useState(false);
  const sayKind = (kind: string) => words.journal.kinds[kind] ?? kind;
  const kinds = Object.keys(words.journal.kinds);
  const listed = values.entityType === '' || kinds.includes(values.entityType) ? kinds : [...kinds, values.entityType];
  return (
    <section className={classes.filters} aria-label={words.accounts.filters} data-unfolded={unfolded} data-testid="journal-filters">
      <button type="button" className={classes.fold} aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
        {words.accounts.filters}
        {narrowed > 0 && <b>{narrowed}</b>}
      </button>
      <div className={classes.rest}>
        <div className={classes.search}>
          {values.actorId === '' ? (
            <ActorFinder onPick={(actorId) => set({ actorId })} />
          ) : (
            <ActorName id={values.actorId}>
              {(name) => (
                <Chip
                  text={words.journal.ofActor(name)}
                  remove={words.journal.allActors}
                  testId="actor-chip"
                  onRemove={() => set({ actorId: '' })}
                />
              )}
            </ActorName>
          )}
        </div>
        {values.entityId === '' ? (
          <NativeSelect
            className={classes.select ?? ''}
            label={words.journal.kind}
            value={values.entityType}
            onChange={(event) => set({ entityType: event.currentTarget.value, action: '' })}
            data={[{ value: '', label: words.journal.allKinds }, ...listed.map((kind) => ({ value: kind, label: sayKind(kind) }))]}
          />
        ) : (
          <Chip
            text={words.journal.ofEntity(sayKindAndId(values.entityType, values.entityId, words))}
            remove={words.journal.allEntities}
            testId="entity-chip"
            onRemove={() => set({ entityId: '', entityType: '' })}
          />
        )}
        <NativeSelect
          className={classes.select ?? ''}
          label={words.journal.chooseAction}
          value={values.action}
          onChange={(event) => set({ action: event.currentTarget.value })}
          data={[
            { value: '', label: words.journal.allActions },
            ...actionGroups(values.entityType, values.action).map(({ kind, actions }) => ({
              group: sayKind(kind),
              items: actions.map((action) => ({ value: action, label: words.journal.actions[action] ?? action })),
            })),
          ]}
        />
        <DayField
          className={classes.date ?? ''}
          label={words.journal.since}
          value={values.since}
          onChange={(since) => set({ since: since ?? '' })}
        />
        <DayField
          className={classes.date ?? ''}
          label={words.journal.until}
          value={values.until}
          onChange={(until) => set({ until: until ?? '' })}
          error={backwards && words.journal.periodFault}
        />
      </div>
    </section>
  );
}

/** Finds a person or, for administrators, a program by name. */
function ActorFinder({ onPick }: { onPick(actorId: string): void }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const administers = useMay(['ADMIN']);
  const find = async (text: string) => {
    const { staff } = await ask(client, FindActorsDocument, { search: text === '' ? null : text, first: mostFound });
    const wanted = text.toLowerCase();
    const programs = administers
      ? (await ask(client, ConsumerNamesDocument, {})).consumers
          .filter(({ name }) => name.toLowerCase().includes(wanted))
          .slice(0, mostFound)
      : [];
    const people = staff.nodes.map(({ id, name, login }) => ({ id: `staff:${id}`, name, about: login }));
    const others = programs.map(({ id, name }) => ({ id, name, about: words.journal.kinds.consumer ?? '' }));
    const refused = administers && text === '' ? [{ id: nobody, name: words.journal.nobody, about: '' }] : [];
    return [...people, ...others, ...refused].map(({ id, name, about }) => ({
      id,
      value: id,
      face: (
        <>
          <span>{name}</span> <span className={classes.quiet}>{about}</span>
        </>
      ),
    }));
  };
  return (
    <Finder
      label={words.journal.person}
      hint={words.journal.personHint}
      nothing={words.journal.nobodyFound}
      testId="find-actor"
      find={find}
      onPick={onPick}
    />
  );
}

function Chip({ text, remove, testId, onRemove }: { text: string; remove: string; testId: string; onRemove(): void }) {
  return (
    <button type="button" className={classes.chip} title={remove} onClick={onRemove} data-testid={testId}>
      {text}
      <CloseIcon role="img" aria-hidden={false} aria-label={remove} />
    </button>
  );
}
