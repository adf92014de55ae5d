ALTER TABLE "userz" ADD COLUMN "email" text;
