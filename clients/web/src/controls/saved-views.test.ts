import { expect, test } from 'vitest';
import { mostViews, readViews, type SavedView, saveView, viewOf, writeViews } from './saved-views.ts';

function createStore() {
  const kept = new Map<string, string>();
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

test('views are kept by list and by whose they are, in the order of their names', () => {
  const store = createStore();
  let views: readonly SavedView[] = [];
  views = saveView(views, { name: ' Zoé ', search: 'par=staff%3A7' });
  views = saveView(views, { name: 'Connexions refusées', search: 'action=session.refused' });
  writeViews(store, 'journal', 'staff:1', views);
  expect(readViews(store, 'journal', 'staff:1')).toEqual([
    { name: 'Connexions refusées', search: 'action=session.refused' },
    { name: 'Zoé', search: 'par=staff%3A7' },
  ]);
  expect([readViews(store, 'journal', 'staff:2'), readViews(store, 'staff', 'staff:1')]).toEqual([[], []]);
});

test('one of the same name, whatever its case, and one of the same filters are replaced', () => {
  const views = [{ name: 'Caisses', search: 'droit=CLERK' }];
  expect(saveView(views, { name: 'caisses', search: 'lieu=1' })).toEqual([{ name: 'caisses', search: 'lieu=1' }]);
  expect(saveView(views, { name: 'En caisse', search: 'droit=CLERK' })).toEqual([{ name: 'En caisse', search: 'droit=CLERK' }]);
});

test('one without a name is not kept, and not more than so many', () => {
  const full = Array.from({ length: mostViews }, (_, n) => ({ name: `Vue ${n}`, search: `n=${n}` }));
  expect(saveView(full, { name: 'Une de trop', search: 'x=1' })).toBe(full);
  expect(saveView(full, { name: 'Vue 3', search: 'x=1' })).toHaveLength(mostViews);
  expect(saveView([], { name: '  ', search: 'x=1' })).toEqual([]);
});

test.each(['{', '7', '[{"name":""},{"name":"a"},null]'])('what another program left there is no view: %s', (text) => {
  const store = createStore();
  store.setItem('comptoir.views.me.staff', text);
  expect(readViews(store, 'staff', 'me')).toEqual([]);
});

test('the order of what an address says makes no other view of it', () => {
  expect(viewOf(new URLSearchParams('b=2&a=1'))).toBe(viewOf(new URLSearchParams('a=1&b=2')));
});
