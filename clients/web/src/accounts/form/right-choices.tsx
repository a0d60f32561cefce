import type { Role } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { allRights, rightName } from '../say-role.ts';
import { Choices } from './choices.tsx';

interface RightChoicesProps {
  readonly label: string;
  readonly values: readonly Role[];
  readonly fault?: string | undefined;
  readonly readOnly?: boolean;
  onChange(values: readonly Role[]): void;
}

/** Any of the seven rights, each with what it lets do. */
export function RightChoices({ label, values, fault, readOnly = false, onChange }: RightChoicesProps) {
  const { words } = useLanguage();
  return (
    <Choices
      label={label}
      testId="right-choices"
      options={allRights.map((right) => ({ value: right, label: rightName(right, words), hint: words.accounts.roleHints[right] }))}
      values={values}
      fault={fault}
      readOnly={readOnly}
      onChange={(next) => onChange(allRights.filter((right) => next.includes(right)))}
    />
  );
}
