import { DateTimeType, type EntitySchema } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { frequent } from './frequent-statements.ts';
import { query } from './sql.ts';

/** The rows of an entity's table, for who shows them only: its identity map and its hydration cost several times what the statements do. */
export interface EntityRows<Row> {
  /** For a SELECT from the table; times as milliseconds. */
  readonly columns: string;
  /** What was selected by these columns, as the entity has it. */
  toRow(selected: object): Row;
  /** `where` is all that comes after the table, and one of few texts: what varies is a parameter. */
  read(em: EntityManager, where: string, parameters: readonly unknown[]): Promise<Row[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: entities of any shape
export function entityRows<Row>(entity: EntitySchema<any>): EntityRows<Row> {
  const { tableName, properties } = entity.meta;
  const names = Object.keys(properties);
  const times = names.filter((name) => (properties[name]?.type as unknown) === DateTimeType);
  const columnOf = (name: string) => (properties[name] as Named).fieldName ?? withUnderscores(name);
  const columns = names.map((name) => `${selected(columnOf(name), times.includes(name))} AS "${name}"`).join(', ');

  function toRow(row: object): Row {
    const values = row as Record<string, unknown>;
    for (const name of times) if (values[name] !== null) values[name] = new Date(values[name] as number);
    return row as Row;
  }
  return {
    columns,
    toRow,
    async read(em, where, parameters) {
      const rows = await query<object>(em, frequent(`SELECT ${columns} FROM ${tableName} ${where}`), parameters);
      return rows.map(toRow);
    },
  };
}

/** As an entity is defined: MikroORM has not found out any more yet. */
interface Named {
  readonly fieldName?: string;
}

const withUnderscores = (property: string) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const selected = (column: string, isTime: boolean) => (isTime ? `(extract(epoch FROM ${column}) * 1000)::float8` : column);
