import { expect, test } from 'vitest';
import { credentialsFromConnectionParams, credentialsFromHeaders } from './credentials.ts';

test('headers are read in the order key, token, bearer', () => {
  expect(credentialsFromHeaders({ 'x-api-key': 'a', 'x-api-token': 'b', authorization: 'Bearer c' })).toEqual({ key: 'a' });
  expect(credentialsFromHeaders({ 'x-api-token': ' b ', authorization: 'Bearer c' })).toEqual({ key: 'b' });
  expect(credentialsFromHeaders({ authorization: 'bearer  c' })).toEqual({ key: 'c' });
});

test('what cannot be a key is none', () => {
  for (const headers of [
    {},
    { 'x-api-key': '' },
    { 'x-api-key': ['a', 'b'] },
    { 'x-api-key': 'x'.repeat(4_097) },
    { authorization: 'Bearer ' },
  ]) {
    expect(credentialsFromHeaders(headers)).toBeNull();
  }
});

test('connection parameters are read in any case, and one level down', () => {
  for (const params of [
    { apiKey: 'k' },
    { APIKEY: 'k' },
    { 'X-Api-Key': 'k' },
    { authorization: 'Bearer k' },
    { Headers: { 'X-API-Token': 'k' } },
  ]) {
    expect(credentialsFromConnectionParams(params)).toEqual({ key: 'k' });
  }
  for (const params of [undefined, {}, { headers: { headers: { apiKey: 'k' } } }, { apiKey: 5 }]) {
    expect(credentialsFromConnectionParams(params)).toBeNull();
  }
});
