// The SQLSTATEs that anyone here asks about, by the names of the manual's appendix A.

export const sqlstates = {
  activeSqlTransaction: '25001',
  cannotConnectNow: '57P03',
  deadlockDetected: '40P01',
  dependentObjects: '2BP01',
  duplicatePreparedStatement: '42P05',
  insufficientPrivilege: '42501',
  internalError: 'XX000',
  invalidAuthorization: '28000',
  invalidCatalogName: '3D000',
  invalidPassword: '28P01',
  invalidSqlStatementName: '26000',
  invalidTextRepresentation: '22P02',
  lockNotAvailable: '55P03',
  noActiveSqlTransaction: '25P01',
  tooManyConnections: '53300',
  undefinedFunction: '42883',
  undefinedObject: '42704',
  unsafeNewEnumValueUsage: '55P04',
} as const;
