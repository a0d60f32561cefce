import { Button } from '@mantine/core';
import { PlacesDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import { Choices } from './choices.tsx';
import classes from './form.module.css';

interface StoreChoicesProps {
  readonly hint?: string;
  readonly values: readonly string[];
  readonly fault?: string | undefined;
  readonly readOnly?: boolean;
  /** Whether a place may be given by who asks; those that may not are only shown where they are given already. */
  mayGive?(id: string): boolean;
  onChange(values: readonly string[]): void;
}

const nothing = {};

/** Stores and warehouses by name. */
export function StoreChoices({ hint, values, fault, readOnly = false, mayGive = () => true, onChange }: StoreChoicesProps) {
  const { words } = useLanguage();
  const places = useAsked(PlacesDocument, nothing).data?.places ?? [];
  const shown = places.filter(({ id }) => mayGive(id) || values.includes(id));
  const free = shown.filter(({ id }) => mayGive(id)).map(({ id }) => id);
  const all = free.length > 0 && free.every((id) => values.includes(id));
  return (
    <Choices
      label={words.staff.stores}
      hint={hint}
      testId="store-choices"
      options={shown.map(({ id, name, kind }) => ({
        value: id,
        label: name,
        hint: words.stock.kinds[kind],
        fixed: !mayGive(id),
      }))}
      values={values}
      fault={fault}
      readOnly={readOnly}
      onChange={onChange}
      aside={
        !readOnly && free.length > 2 ? (
          <Button
            size="compact-xs"
            variant="subtle"
            c="var(--accent)"
            className={classes.all ?? ''}
            onClick={() => onChange(all ? values.filter((id) => !free.includes(id)) : [...new Set([...values, ...free])])}
          >
            {all ? words.staff.noneOfThem : words.staff.allOfThem}
          </Button>
        ) : undefined
      }
    />
  );
}
