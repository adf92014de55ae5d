INSERT INTO "My App"."Call Log" VALUES (1, 'x'); INSERT INTO "My App".legs VALUES (1);
