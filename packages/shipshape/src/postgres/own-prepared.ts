// The names of prepared statements that are ours (SQL's PREPARE): whoever clears a session of somebody else's leaves them.

export const ownPrepared = 'shipshape:';
