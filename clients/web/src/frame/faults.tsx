import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useRouteError } from 'react-router';
import { Empty } from '../controls/quiet.tsx';
import { useLanguage } from '../language/language.tsx';

export function NotFound() {
  const { words } = useLanguage();
  return (
    <div>
      <Empty title={words.app.notFound} />
      <p style={{ textAlign: 'center' }}>
        <Link to="/app/calculs">{words.app.home}</Link>
      </p>
    </div>
  );
}

/** A screen that broke, or a new version whose old parts are gone: loading the page anew mends both. */
export function Crashed() {
  const { words } = useLanguage();
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <div style={{ display: 'grid', justifyItems: 'center', paddingBlock: '3rem' }} role="alert">
      <Empty title={words.app.crashed} />
      <Button onClick={() => location.reload()}>{words.app.reload}</Button>
    </div>
  );
}
