// The tables of catalog/database.ts as each peer's own entity description takes them.
const enums = ['kind', 'state', 'level', 'colour'];
export const labels = ['one', 'two', 'three', 'four'];
export const nameOf = (at) => `t${String(at).padStart(5, '0')}`;
export const enumOf = (at) => enums[at % enums.length];
export const count = Number(process.argv[2]);
export const each = (make) =>
  Array.from({ length: count }, (_, at) => make(at, nameOf(at), nameOf(Math.max(0, at - 1))));
