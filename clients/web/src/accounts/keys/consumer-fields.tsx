import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { Tier } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import form from '../form/form.module.css';
import { RightChoices } from '../form/right-choices.tsx';
import { StoreChoices } from '../form/store-choices.tsx';
import type { Faults } from '../form/use-submission.ts';
import { type ConsumerFields, tiers } from './consumer-sheet.ts';
import { useTiers } from './use-tiers.ts';

interface ConsumerFieldsProps {
  readonly fields: ConsumerFields;
  readonly faults: Faults;
  onChange(next: Partial<ConsumerFields>): void;
}

/** What a program is, what it may do and how much it may ask. */
export function ConsumerFieldSet({ fields, faults, onChange }: ConsumerFieldsProps) {
  const { words, format } = useLanguage();
  const limits = useTiers()?.get(fields.tier);
  const limit = (name: 'perMinute' | 'perHour') => ({
    name,
    label: words.keys[name],
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
    error: faults[name],
    inputMode: 'numeric' as const,
    autoComplete: 'off',
    ...(limits === undefined
      ? {}
      : { placeholder: format.count(limits[name]), description: words.keys.ofTier(format.count(limits[name])) }),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  });
  return (
    <>
      <TextInput
        label={words.keys.name}
        value={fields.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={faults.name}
        autoComplete="off"
        spellCheck={false}
        name="name"
      />
      <NativeSelect
        label={words.keys.tier}
        value={fields.tier}
        onChange={(event) => onChange({ tier: event.currentTarget.value as Tier })}
        data={tiers.map((tier) => ({ value: tier, label: words.keys.tiers[tier] }))}
      />
      <TextInput {...limit('perMinute')} />
      <TextInput {...limit('perHour')} />
      <RightChoices label={words.keys.roles} values={fields.roles} fault={faults.roles} onChange={(roles) => onChange({ roles })} />
      <Checkbox
        className={form.wide ?? ''}
        label={words.keys.everywhere}
        checked={fields.everywhere}
        onChange={(event) => onChange({ everywhere: event.currentTarget.checked })}
      />
      {!fields.everywhere && <StoreChoices values={fields.stores} fault={faults.stores} onChange={(stores) => onChange({ stores })} />}
    </>
  );
}
