// Schemas that belong to a library in the same database: seen, named, not compared.

export const librarySchemas: readonly string[] = ['drizzle', 'graphile_worker', 'pgboss', 'shipshape'];
