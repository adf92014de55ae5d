// Codes of snapshot.
export const snapshotCodes = {} as const;
