import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./messages/', import.meta.url);

/** The JSON Schema of every message, by its type: the name of its file. */
export const messageSchemas: ReadonlyMap<string, object> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => [file.replace('.schema.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]),
);
