import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../controls/panel.tsx';
import { Lines } from '../controls/quiet.tsx';
import { SagaDefinitionsDocument, type SagaState } from '../generated/operations.ts';
import { useAsked } from '../graph/use-asked.ts';
import { useLanguage } from '../language/language.tsx';
import classes from './diagram.module.css';
import { Diagram } from './diagram.tsx';
import type { SagaDetail } from './states.ts';

const nothing = {};

interface DefinitionPanelProps {
  /** The saga whose place is lit; null for the definition itself. */
  readonly saga: SagaDetail | null;
  readonly states: readonly { readonly state: SagaState; readonly count: number }[];
}

/** A definition as a picture: forward goes down, undoing goes up. */
export function DefinitionPanel({ saga, states }: DefinitionPanelProps) {
  const { words } = useLanguage();
  const definitions = useAsked(SagaDefinitionsDocument, nothing).data?.sagaDefinitions ?? null;
  const [chosen, choose] = useState<string | null>(null);
  const name = saga?.definition ?? chosen ?? definitions?.[0]?.name;
  const definition = definitions?.find((each) => each.name === name);
  const nameOf = (each: string) => words.sagas.definitions[each] ?? each;
  return (
    <Panel
      title={saga === null ? words.sagas.diagram : words.sagas.version(nameOf(saga.definition), saga.definitionVersion)}
      testId="definition"
      aside={
        definition !== undefined && saga === null ? <span>{words.sagas.version(definition.name, definition.version)}</span> : undefined
      }
    >
      {definitions === null && <Lines count={6} />}
      {saga === null && definitions !== null && definitions.length > 1 && (
        <div className={classes.choice}>
          <NativeSelect
            aria-label={words.sagas.choose}
            value={name ?? ''}
            onChange={(event) => choose(event.currentTarget.value)}
            data={definitions.map((each) => ({ value: each.name, label: nameOf(each.name) }))}
          />
        </div>
      )}
      {definition !== undefined && <Diagram definition={definition} saga={saga} states={states} />}
    </Panel>
  );
}
