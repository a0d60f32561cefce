/** The name under which compute consumes messages and keeps its dead letters. */
export const service = 'compute';
