import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Choice } from '../../controls/choice.tsx';
import { PlacesDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { SearchIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import classes from '../list.module.css';
import { allRights, rightName } from '../say-role.ts';
import { useMe } from '../use-me.ts';
import { mayActIn } from './managing.ts';
import { type StaffFilter, staffStates } from './use-staff-filter.ts';

const nothing = {};

/** What narrows the list of staff; on a phone all but the search is folded away. */
export function StaffFilters({ filter }: { filter: StaffFilter }) {
  const { words } = useLanguage();
  const me = useMe();
  const [unfolded, unfold] = useState(false);
  const places = (useAsked(PlacesDocument, nothing).data?.places ?? []).filter(({ id }) => mayActIn(me, id));
  return (
    <section className={classes.filters} aria-label={words.accounts.filters} data-unfolded={unfolded}>
      <TextInput
        className={classes.search ?? ''}
        type="search"
        label={words.staff.search}
        placeholder={words.staff.searchHint}
        leftSection={<SearchIcon />}
        value={filter.search.typed}
        onChange={(event) => filter.search.type(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-testid="staff-search"
      />
      <button type="button" className={classes.fold} aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
        {words.accounts.filters}
        {filter.narrowed > 0 && <b>{filter.narrowed}</b>}
      </button>
      <div className={classes.rest}>
        <NativeSelect
          className={classes.select ?? ''}
          label={words.staff.store}
          value={filter.storeId ?? ''}
          onChange={(event) => filter.setStore(event.currentTarget.value)}
          data={[{ value: '', label: words.staff.allStores }, ...places.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <NativeSelect
          className={classes.select ?? ''}
          label={words.staff.role}
          value={filter.role ?? ''}
          onChange={(event) => filter.setRole(event.currentTarget.value)}
          data={[
            { value: '', label: words.staff.allRoles },
            ...allRights.map((right) => ({ value: right, label: rightName(right, words) })),
          ]}
        />
        <Choice
          label={words.staff.shown}
          options={staffStates.map((value) => ({ value, label: words.staff.states[value] }))}
          value={filter.state}
          onChange={filter.setState}
        />
      </div>
    </section>
  );
}
