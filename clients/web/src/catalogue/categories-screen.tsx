import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ExportButton } from '../controls/export-button.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../controls/quiet.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CategoriesDocument, CreateCategoryDocument } from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { useAsked } from '../graph/use-asked.ts';
import { useLanguage } from '../language/language.tsx';
import { newIdempotencyKey } from '../session/new-key.ts';
import { useConnection, useMay } from '../session/session.tsx';
import { categoriesCsv } from './categories-csv.ts';
import { type Category, categoryOptions, flat, treeOf } from './category-tree.ts';
import classes from './lists.module.css';
import { Parts } from './parts.tsx';

const nothing = {};
const longest = 100;

/** The departments and what is in them, with a way to add one. */
export function CategoriesScreen() {
  const { words, format } = useLanguage();
  const mayCreate = useMay(['ADMIN', 'MANAGER', 'INTEGRATION']);
  const { data, failed, reload } = useAsked(CategoriesDocument, nothing);
  const categories = data?.categories ?? null;
  return (
    <div className={classes.screen}>
      <Parts />
      <div className={classes.columns}>
        <Panel
          title={words.catalogue.categories}
          testId="categories"
          aside={categories !== null && <ExportButton rows={categories} file={words.catalogue.categoriesFile} csv={categoriesCsv} />}
        >
          {failed && categories === null && <Trouble title={words.catalogue.categoriesFailed} onRetry={reload} />}
          {categories === null && !failed && <Lines count={10} />}
          {categories?.length === 0 && <Empty title={words.catalogue.noCategories} />}
          {categories !== null && categories.length > 0 && (
            <ul className={classes.tree}>
              {flat(treeOf(categories)).map(({ category, depth }) => (
                <li key={category.id} data-depth={depth} style={{ paddingLeft: `${0.875 + depth * 1.25}rem` }}>
                  <Link
                    to={`/app/catalogue?categorie=${category.id}`}
                    aria-label={words.catalogue.seeProducts(category.name)}
                    data-testid="category"
                  >
                    {category.name}
                  </Link>
                  <span>{words.catalogue.count(category.productCount, format.count(category.productCount))}</span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
        {mayCreate && <NewCategory categories={categories ?? []} onCreated={reload} />}
      </div>
    </div>
  );
}

function NewCategory({ categories, onCreated }: { categories: readonly Category[]; onCreated(): void }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const [name, setName] = useState('');
  const [parent, setParent] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const refuse = (why: string) => {
    setFault(why);
    field.current?.focus();
  };
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || [...name.trim()].length > longest) return refuse(words.catalogue.categoryFault);
    setBusy(true);
    try {
      const input = { name: name.trim(), parentId: parent === '' ? null : parent };
      const { data } = await client.mutate({ mutation: CreateCategoryDocument, variables: { input, idempotencyKey: newIdempotencyKey() } });
      const outcome = data?.createCategory.__typename;
      if (outcome === 'AlreadyTaken') return refuse(words.catalogue.categoryTaken);
      if (outcome !== 'CategoryCreated') return refuse(words.catalogue.categoryFailed);
      setName('');
      notice(words.catalogue.categoryCreated);
      onCreated();
    } catch (error) {
      refuse(errorCode(error) === 'FORBIDDEN' ? words.catalogue.forbidden : words.catalogue.categoryFailed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={words.catalogue.newCategory}>
      <form onSubmit={create} noValidate className={classes.form} aria-label={words.catalogue.newCategory}>
        <TextInput
          ref={field}
          label={words.catalogue.categoryName}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setFault(null);
          }}
          error={fault}
          autoComplete="off"
        />
        <NativeSelect
          label={words.catalogue.parent}
          value={parent}
          onChange={(event) => setParent(event.currentTarget.value)}
          data={[{ value: '', label: words.catalogue.top }, ...categoryOptions(categories)]}
        />
        <Button type="submit" loading={busy}>
          {words.catalogue.add}
        </Button>
      </form>
    </Panel>
  );
}
