-- two statements
SELECT 1;
--> statement-breakpoint

ALTER TABLE "userz"
  ADD COLUMN "email" text;
