export type Size = 'small' | 'full';

/** A table of figures as it is written down; the first column names the row. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What limits the figures, and how to read them. */
  readonly notes: readonly string[];
}

export interface Benchmark {
  readonly measures: string;
  run(options: { size: Size; say: (line: string) => void }): Promise<Table[]>;
}

export interface Report {
  readonly name: string;
  readonly measures: string;
  readonly at: string;
  readonly size: Size;
  readonly machine: string;
  readonly tables: readonly Table[];
}
