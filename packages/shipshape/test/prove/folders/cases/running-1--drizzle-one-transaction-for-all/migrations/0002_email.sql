ALTER TABLE "users" ADD COLUMN "email" text;
--> statement-breakpoint
INSERT INTO "users" ("id") SELECT "id" FROM "kept";
