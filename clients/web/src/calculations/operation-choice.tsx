import { Choice } from '../controls/choice.tsx';
import { Seal } from '../controls/seal.tsx';
import type { Operation } from '../generated/operations.ts';
import { useLanguage } from '../language/language.tsx';
import type { Words } from '../language/words.fr.ts';

export type OperationOrMixed = Operation | 'MIXED';

/** One of the operations, by its sign; with the word where there is no sign for it. */
export function OperationChoice<T extends OperationOrMixed>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly T[];
  value: T;
  onChange(value: T): void;
}) {
  const { words } = useLanguage();
  return (
    <Choice
      label={label}
      size="large"
      wide
      options={options.map((option) => {
        const name = namesOf(words)[option];
        const hasSign = option !== 'MIXED' && option !== 'ALL';
        return { value: option, label: name, ...(hasSign ? { face: <Seal operation={option} named={false} /> } : {}) };
      })}
      value={value}
      onChange={onChange}
    />
  );
}

const namesOf = (words: Words): Record<OperationOrMixed, string> => ({ ...words.operations, MIXED: words.batch.mixed });
