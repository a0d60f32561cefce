import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import classes from './sign-in.module.css';

/** What everybody may use on a server with demonstration data. */
export function DemoHint({ children, use, onUse }: { children: ReactNode; use: string; onUse: () => void }) {
  const { words } = useLanguage();
  return (
    <aside className={classes.demo} aria-label={words.signIn.demo}>
      <p>
        {words.signIn.demoHint} {children}
      </p>
      <Button variant="default" size="xs" onClick={onUse}>
        {use}
      </Button>
    </aside>
  );
}
