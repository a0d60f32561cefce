/** What is asked: a page of one subgraph, the same with fields of two others, and a way through three of them. */
export const pageSize = 20;
export const productCount = 400;

export interface Operation {
  readonly name: string;
  readonly query: string;
}

export const operations = {
  list: {
    name: 'Q1: a list of one subgraph',
    query: 'query ($after: Int!) { products(after: $after) { id name price category } }',
  },
  entities: {
    name: 'Q2: the same, with fields of two others',
    query: 'query ($after: Int!) { products(after: $after) { id name price category stock { quantity place } reviews { rating text } } }',
  },
  nested: {
    name: 'Q3: nested through three',
    query: 'query ($after: Int!) { products(after: $after) { id name reviews { rating author { name city favourite { name price } } } } }',
  },
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** Pages that there are; `after` begins at 1. */
export const pageCount = productCount - pageSize;

/** The body of a request; `after` is a number, or what stands for one. */
export const bodyOf = ({ query }: Operation, after: number | '{n}'): string =>
  `{"query":${JSON.stringify(query)},"variables":{"after":${after}}}`;
