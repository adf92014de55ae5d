// Codes of source.
export const sourceCodes = {} as const;
