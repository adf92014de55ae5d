// What drizzle-kit pull leaves here is no migration.
export {};
