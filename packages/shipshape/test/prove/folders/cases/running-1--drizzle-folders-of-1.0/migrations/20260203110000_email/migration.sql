ALTER TABLE "users" ADD COLUMN "email" text;
--> statement-breakpoint
SELECT * FROM "kept";
