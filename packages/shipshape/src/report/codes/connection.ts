// Codes of connection.
export const connectionCodes = {} as const;
