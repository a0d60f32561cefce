/** Subscriptions come from the subgraphs by WebSocket, as they come from ours. */
export const gatewayConfig = {
  transportEntries: { '*.http': { options: { subscriptions: { kind: 'ws', location: '/graphql' } } } },
};
