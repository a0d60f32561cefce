import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useLanguage } from '../language/language.tsx';
import { Empty } from './quiet.tsx';

interface NoMatchProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
}

/** What stands where filters leave nothing of a list, with the way to all of it. */
export function NoMatch({ title, hint, icon }: NoMatchProps) {
  const { words } = useLanguage();
  const { pathname } = useLocation();
  return (
    <Empty title={title} hint={hint} icon={icon}>
      <Button component={Link} to={pathname} size="xs" variant="default" data-testid="clear-filters">
        {words.views.clear}
      </Button>
    </Empty>
  );
}
