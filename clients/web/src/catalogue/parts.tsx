import { Button } from '@mantine/core';
import { Link, NavLink } from 'react-router';
import { AddIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';
import classes from './parts.module.css';

/** The way between the parts of the catalogue, and to a new product. */
export function Parts() {
  const { words } = useLanguage();
  const mayCreate = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']);
  const parts = [
    ['/app/catalogue', words.catalogue.products],
    ['/app/catalogue/categories', words.catalogue.categories],
    ['/app/catalogue/fournisseurs', words.catalogue.suppliers],
  ] as const;
  return (
    <div className={classes.bar}>
      <nav aria-label={words.catalogue.parts} className={classes.parts}>
        {parts.map(([to, name]) => (
          <NavLink key={to} to={to} end className={classes.part ?? ''}>
            {name}
          </NavLink>
        ))}
      </nav>
      {mayCreate && (
        <Button component={Link} to="/app/catalogue/nouveau" leftSection={<AddIcon />} className={classes.new ?? ''}>
          {words.catalogue.create}
        </Button>
      )}
    </div>
  );
}
