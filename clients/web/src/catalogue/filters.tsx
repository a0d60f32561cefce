import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Choice } from '../controls/choice.tsx';
import { SearchIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { type Category, categoryOptions } from './category-tree.ts';
import classes from './filters.module.css';
import type { ProductFilter } from './use-product-filter.ts';

/** What narrows the list of products; on a phone all but the search is folded away. */
export function Filters({ filter, categories }: { filter: ProductFilter; categories: readonly Category[] | null }) {
  const { words } = useLanguage();
  const [unfolded, unfold] = useState(false);
  return (
    <section className={classes.filters} aria-label={words.catalogue.filters} data-unfolded={unfolded} data-testid="catalogue-filters">
      <div className={classes.search}>
        <TextInput
          type="search"
          label={words.catalogue.search}
          placeholder={words.catalogue.searchHint}
          leftSection={<SearchIcon />}
          value={filter.search.typed}
          onChange={(event) => filter.search.type(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-testid="catalogue-search"
        />
        <button type="button" className={classes.fold} aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
          {words.catalogue.filters}
          {filter.narrowed > 0 && <b>{filter.narrowed}</b>}
        </button>
      </div>
      <div className={classes.rest}>
        <fieldset className={classes.prices}>
          <legend>{words.catalogue.price}</legend>
          <TextInput
            aria-label={words.catalogue.minPrice}
            placeholder="min"
            value={filter.min.typed}
            onChange={(event) => filter.min.type(event.currentTarget.value)}
            error={filter.faults.min && words.catalogue.priceFault}
            inputMode="decimal"
            autoComplete="off"
          />
          <span aria-hidden>–</span>
          <TextInput
            aria-label={words.catalogue.maxPrice}
            placeholder="max"
            value={filter.max.typed}
            onChange={(event) => filter.max.type(event.currentTarget.value)}
            error={filter.faults.max ? words.catalogue.priceFault : filter.faults.order && words.catalogue.priceOrder}
            inputMode="decimal"
            autoComplete="off"
          />
        </fieldset>
        <Choice
          label={words.catalogue.stock}
          wide
          options={(['tous', 'en-stock', 'epuises'] as const).map((value) => ({ value, label: words.catalogue.stocks[value] }))}
          value={filter.stock}
          onChange={filter.setStock}
        />
        <Choice
          label={words.catalogue.shown}
          wide
          options={(['en-vente', 'archives'] as const).map((value) => ({ value, label: words.catalogue.active[value] }))}
          value={filter.active}
          onChange={filter.setActive}
        />
        <NativeSelect
          label={words.catalogue.order}
          value={filter.order}
          onChange={(event) => filter.setOrder(event.currentTarget.value as ProductFilter['order'])}
          data={(['nom', 'moins-chers', 'plus-chers', 'recents'] as const).map((value) => ({
            value,
            label: words.catalogue.orders[value],
          }))}
        />
        <NativeSelect
          className={classes.onPhone ?? ''}
          label={words.catalogue.category}
          value={filter.category ?? ''}
          onChange={(event) => filter.setCategory(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          data={[{ value: '', label: words.catalogue.allCategories }, ...categoryOptions(categories ?? [])]}
        />
      </div>
    </section>
  );
}
