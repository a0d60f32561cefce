import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { PartsBar } from '../controls/parts.tsx';
import { AddIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';

/** The way between the parts of the catalogue, and to a new product. */
export function Parts() {
  const { words } = useLanguage();
  const mayCreate = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']);
  return (
    <PartsBar
      label={words.catalogue.parts}
      parts={[
        { to: '/app/catalogue', name: words.catalogue.products, exact: true },
        { to: '/app/catalogue/categories', name: words.catalogue.categories },
        { to: '/app/catalogue/fournisseurs', name: words.catalogue.suppliers },
      ]}
    >
      {mayCreate && (
        <Button component={Link} to="/app/catalogue/nouveau" leftSection={<AddIcon />}>
          {words.catalogue.create}
        </Button>
      )}
    </PartsBar>
  );
}
