-- Told where it is not that of the column, nor what the expression has from its columns.
CREATE COLLATION german (provider = icu, locale = 'de');
CREATE TABLE words (plain text, bytes text COLLATE "C", umlaut text COLLATE german, number integer);
CREATE INDEX as_column ON words (plain, bytes, umlaut);
CREATE INDEX otherwise ON words (plain COLLATE "C", bytes COLLATE "default", umlaut COLLATE "POSIX" DESC);
CREATE INDEX of_columns ON words (lower(plain), lower(bytes), (umlaut || 'x'), (number::text));
CREATE INDEX otherwise_of_columns ON words (lower(plain) COLLATE german, lower(bytes) COLLATE german, (number::text) COLLATE "C");
CREATE UNIQUE INDEX unique_otherwise ON words (plain COLLATE "C");
