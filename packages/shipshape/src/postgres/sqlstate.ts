// The SQLSTATEs that anyone here asks about, by the names of the manual's appendix A.

export const sqlstates = {
  activeTransaction: '25001',
  cachedPlanChanged: '0A000',
  cannotConnectNow: '57P03',
  connectionFailure: '08006',
  deadlockDetected: '40P01',
  duplicateColumn: '42701',
  duplicateTable: '42P07',
  insufficientPrivilege: '42501',
  internalError: 'XX000',
  invalidAuthorization: '28000',
  invalidCatalogName: '3D000',
  invalidPassword: '28P01',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  serializationFailure: '40001',
  tooManyConnections: '53300',
  undefinedColumn: '42703',
  undefinedSchema: '3F000',
  undefinedTable: '42P01',
  uniqueViolation: '23505',
} as const;
