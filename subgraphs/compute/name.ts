/** The name under which compute consumes messages, and by which its dead letters are known. */
export const service = 'compute';
