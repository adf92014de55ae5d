CREATE TYPE "mood" AS ENUM ('sad');
COMMIT;
ALTER TYPE "mood" ADD VALUE 'glad';
COMMIT;
ALTER TABLE "users" ADD COLUMN "email" text;
SELECT 'glad'::"mood";
