// Codes of configuration.
export const configurationCodes = {} as const;
