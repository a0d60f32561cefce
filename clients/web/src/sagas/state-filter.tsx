import { useId } from 'react';
import { Changing } from '../controls/figure.tsx';
import type { SagaState } from '../generated/operations.ts';
import { useLanguage } from '../language/language.tsx';
import classes from './state-filter.module.css';
import { type SagaFilter, sagaFilters, statesOf } from './states.ts';

interface StateFilterProps {
  readonly states: readonly { readonly state: SagaState; readonly count: number }[] | null;
  readonly value: SagaFilter;
  onChange(filter: SagaFilter): void;
}

/** Which sagas are listed; each choice says how many there are. */
export function StateFilter({ states, value, onChange }: StateFilterProps) {
  const { words, format } = useLanguage();
  const name = useId();
  const countOf = (filter: SagaFilter) => {
    const chosen = statesOf[filter];
    return states?.reduce((sum, { state, count }) => (chosen === null || chosen.includes(state) ? sum + count : sum), 0) ?? null;
  };
  return (
    <fieldset className={classes.filter}>
      <legend className={classes.legend}>{words.sagas.filter}</legend>
      {sagaFilters.map((filter) => {
        const count = countOf(filter);
        return (
          <label key={filter} className={classes.option} data-checked={filter === value} data-filter={filter} data-none={count === 0}>
            <input
              type="radio"
              name={name}
              value={filter}
              checked={filter === value}
              onChange={() => onChange(filter)}
              className={classes.input}
              aria-label={words.sagas.filters[filter]}
            />
            <span className={classes.name}>{words.sagas.filters[filter]}</span>
            <span className={classes.count} data-testid={`count-${filter}`}>
              {count === null ? '—' : <Changing value={count}>{format.count(count)}</Changing>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
