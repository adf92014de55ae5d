CREATE TABLE "apiKey" (id integer PRIMARY KEY, "lastUsed" timestamptz);
CREATE TABLE apikey (id integer PRIMARY KEY);
