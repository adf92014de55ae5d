ALTER TABLE "My App"."Call Log" DROP COLUMN "it's", DROP CONSTRAINT "a ""check""", ALTER "select" DROP NOT NULL;
ALTER TABLE "My App".legs DROP CONSTRAINT "to a Call";
