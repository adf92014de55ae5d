ALTER TABLE "nothing" ADD COLUMN "a" int;
