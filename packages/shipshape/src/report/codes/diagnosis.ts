// Codes of diagnosis.
export const diagnosisCodes = {} as const;
