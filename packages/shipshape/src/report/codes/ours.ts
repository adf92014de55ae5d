// A remark of several codes: a folder of numbered files may be somebody else's.

export const ours = 'where another tool runs this folder, --migrations-format sql says so';
