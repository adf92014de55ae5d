ALTER TABLE "users" ADD COLUMN "email" text;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "users_email" ON "users" ("email");
