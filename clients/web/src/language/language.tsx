import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { createFormat, type Format } from './format.ts';
import { withSpacing } from './typography.ts';
import { english } from './words.en.ts';
import { french as typed, type Words } from './words.fr.ts';

export type LanguageCode = 'fr' | 'en';

interface Language {
  readonly code: LanguageCode;
  readonly words: Words;
  readonly format: Format;
  choose(code: LanguageCode): void;
}

const french = withSpacing(typed);
const storageKey = 'comptoir.language';
const languages = {
  fr: { words: french, format: createFormat('fr-FR', french) },
  en: { words: english, format: createFormat('en-GB', english) },
} as const;

const LanguageContext = createContext<Language | null>(null);

/** French unless the reader chose otherwise before. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [code, setCode] = useState<LanguageCode>(() => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'fr'));
  useEffect(() => {
    document.documentElement.lang = code;
  }, [code]);
  const language = useMemo<Language>(
    () => ({
      code,
      ...languages[code],
      choose: (next) => {
        localStorage.setItem(storageKey, next);
        setCode(next);
      },
    }),
    [code],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (language === null) throw new Error('useLanguage needs a LanguageProvider around it');
  return language;
}
