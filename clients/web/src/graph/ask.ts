import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client';

/** Asks once, past every cache. What is told in part is given in part. @throws where nothing came. */
export async function ask<T, V extends OperationVariables>(client: ApolloClient, query: TypedDocumentNode<T, V>, variables: V): Promise<T> {
  const { data, error } = await client.query<T, V>({
    query,
    variables,
    fetchPolicy: 'no-cache',
    errorPolicy: 'all',
  } as ApolloClient.QueryOptions<T, V>);
  if (data !== undefined && data !== null && Object.values(data).some((value) => value !== null)) return data;
  if (error !== undefined) throw error;
  if (data === undefined || data === null) throw new Error('the graph answered without data');
  return data;
}
