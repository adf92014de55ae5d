// Codes of migration.
export const migrationCodes = {} as const;
