CREATE TYPE mood AS ENUM ('calm', 'wild');
CREATE DOMAIN price AS integer CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN word AS text;
CREATE TYPE place AS (street text, at point);
CREATE TYPE floats AS RANGE (subtype = double precision);
CREATE TYPE words AS RANGE (subtype = text);

--- drop an enum
DROP TYPE mood;
--> enum public.mood missing

--- create an enum
CREATE TYPE state AS ENUM ('new');
--> enum public.state unexpected

--- add a label
ALTER TYPE mood ADD VALUE 'sad' BEFORE 'wild';
--> enum public.mood labels: 'calm', 'wild' / 'calm', 'sad', 'wild'

--- relabel
ALTER TYPE mood RENAME VALUE 'wild' TO 'it''s wild';
--> enum public.mood labels: 'calm', 'wild' / 'calm', 'it''s wild'

--- order labels otherwise
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('wild', 'calm');
--> enum public.mood label order: 'calm', 'wild' / 'wild', 'calm'

--- drop a domain
DROP DOMAIN word;
--> domain public.word missing

--- create a domain
CREATE DOMAIN more AS date;
--> domain public.more unexpected

--- retype a domain
DROP DOMAIN word;
CREATE DOMAIN word AS varchar(8);
--> domain public.word type: text / character varying(8)

--- refuse nulls in a domain
ALTER DOMAIN price SET NOT NULL;
--> domain public.price nullability: null / not null

--- change the default of a domain
ALTER DOMAIN price SET DEFAULT 7;
--> domain public.price default: null / 7

--- collate a domain otherwise
DROP DOMAIN word;
CREATE DOMAIN word AS text COLLATE "C";
--> domain public.word collation: null / "C"

--- check a domain otherwise
ALTER DOMAIN price ADD CONSTRAINT small CHECK (VALUE < 9);
--> domain public.price checks: (VALUE > 0) / (VALUE < 9); (VALUE > 0)

--- rename a check of a domain
ALTER DOMAIN price RENAME CONSTRAINT positive TO above_zero;

--- do not validate a domain
ALTER DOMAIN price DROP CONSTRAINT positive;
ALTER DOMAIN price ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
--> domain public.price validity: valid / not valid: (VALUE > 0)

--- drop a composite type
DROP TYPE place;
--> composite type public.place missing

--- create a composite type
CREATE TYPE more AS (a integer);
--> composite type public.more unexpected

--- add an attribute
ALTER TYPE place ADD ATTRIBUTE code text;
--> composite type public.place attributes: street text, at point / street text, at point, code text

--- drop an attribute and add another
ALTER TYPE place DROP ATTRIBUTE street, ADD ATTRIBUTE code text;
--> composite type public.place attributes: street text, at point / at point, code text

--- order attributes otherwise
DROP TYPE place;
CREATE TYPE place AS (at point, street text);
--> composite type public.place attributes: street text, at point / at point, street text

--- retype an attribute
ALTER TYPE place ALTER ATTRIBUTE street TYPE varchar(20);
--> composite type public.place attributes: street text, at point / street character varying(20), at point

--- collate an attribute otherwise
ALTER TYPE place ALTER ATTRIBUTE street TYPE text COLLATE "C";
--> composite type public.place attributes: street text, at point / street text collate "C", at point

--- drop a range type
DROP TYPE floats;
--> range type public.floats missing

--- create a range type
CREATE TYPE more AS RANGE (subtype = integer);
--> range type public.more unexpected

--- range over another type
DROP TYPE floats;
CREATE TYPE floats AS RANGE (subtype = real);
--> range type public.floats subtype: double precision / real

--- range by another operator class
DROP TYPE words;
CREATE TYPE words AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);
--> range type public.words operator class: null / text_pattern_ops

--- range by another collation
DROP TYPE words;
CREATE TYPE words AS RANGE (subtype = text, collation = "C");
--> range type public.words collation: null / "C"

--- tell how far apart
DROP TYPE floats;
CREATE TYPE floats AS RANGE (subtype = double precision, subtype_diff = float8mi);
--> range type public.floats subtype difference: null / float8mi

--- make canonical
DROP TYPE floats;
CREATE TYPE floats;
CREATE FUNCTION whole(floats) RETURNS floats LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE floats AS RANGE (subtype = double precision, canonical = whole);
--> range type public.floats canonical: null / public.whole
--> routine public.whole(public.floats) unexpected

--- name the multirange otherwise
DROP TYPE floats;
CREATE TYPE floats AS RANGE (subtype = double precision, multirange_type_name = many_floats);
--> range type public.floats multirange: public.floats_multirange / public.many_floats
