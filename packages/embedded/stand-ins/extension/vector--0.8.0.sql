-- The names of pgvector 0.8: types, casts, operators, functions, access methods and operator classes, so that schemas that
-- use them can be built and read back. Values are kept as they are written; distances are computed by SQL; an index is one
-- of hashes and finds nothing near. Storage parameters of hnsw and ivfflat are known to C only, and are not accepted.

-- Types. A vector and a halfvec are written like JSON, which refuses what is neither; a modifier is read like that of bit.
CREATE TYPE vector;
CREATE TYPE halfvec;
CREATE TYPE sparsevec;
CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bittypmodin';
CREATE FUNCTION vector_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bittypmodout';
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'json_in';
CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'json_out';
CREATE TYPE vector (
  INPUT = vector_in, OUTPUT = vector_out, TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = vector_typmod_out, STORAGE = external
);
CREATE FUNCTION halfvec_in(cstring, oid, integer) RETURNS halfvec LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'json_in';
CREATE FUNCTION halfvec_out(halfvec) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'json_out';
CREATE TYPE halfvec (
  INPUT = halfvec_in, OUTPUT = halfvec_out, TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = vector_typmod_out, STORAGE = external
);
CREATE FUNCTION sparsevec_in(cstring, oid, integer) RETURNS sparsevec LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION sparsevec_out(sparsevec) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE sparsevec (
  INPUT = sparsevec_in, OUTPUT = sparsevec_out, TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = vector_typmod_out, STORAGE = external
);

-- The number of dimensions, which a modifier asks for.
CREATE FUNCTION vector_dims(vector) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN json_array_length($1::text::json);
CREATE FUNCTION vector_dims(halfvec) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN json_array_length($1::text::json);
CREATE FUNCTION vector(vector, integer, boolean) RETURNS vector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE found integer := pg_catalog.json_array_length($1::pg_catalog.text::pg_catalog.json);
BEGIN
  IF $2 <> -1 AND found <> $2 THEN
    RAISE EXCEPTION USING errcode = '22000', message = pg_catalog.format('expected %s dimensions, not %s', $2, found);
  END IF;
  RETURN $1;
END $$;
CREATE CAST (vector AS vector) WITH FUNCTION vector(vector, integer, boolean) AS IMPLICIT;
CREATE FUNCTION halfvec(halfvec, integer, boolean) RETURNS halfvec LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE found integer := pg_catalog.json_array_length($1::pg_catalog.text::pg_catalog.json);
BEGIN
  IF $2 <> -1 AND found <> $2 THEN
    RAISE EXCEPTION USING errcode = '22000', message = pg_catalog.format('expected %s dimensions, not %s', $2, found);
  END IF;
  RETURN $1;
END $$;
CREATE CAST (halfvec AS halfvec) WITH FUNCTION halfvec(halfvec, integer, boolean) AS IMPLICIT;
CREATE FUNCTION sparsevec(sparsevec, integer, boolean) RETURNS sparsevec LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE found integer := pg_catalog.split_part($1::pg_catalog.text, '/', 2)::integer;
BEGIN
  IF $2 <> -1 AND found <> $2 THEN
    RAISE EXCEPTION USING errcode = '22000', message = pg_catalog.format('expected %s dimensions, not %s', $2, found);
  END IF;
  RETURN $1;
END $$;
CREATE CAST (sparsevec AS sparsevec) WITH FUNCTION sparsevec(sparsevec, integer, boolean) AS IMPLICIT;

-- Casts.
CREATE FUNCTION array_to_vector(integer[], integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::vector;
CREATE CAST (integer[] AS vector) WITH FUNCTION array_to_vector(integer[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_vector(real[], integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::vector;
CREATE CAST (real[] AS vector) WITH FUNCTION array_to_vector(real[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_vector(double precision[], integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::vector;
CREATE CAST (double precision[] AS vector) WITH FUNCTION array_to_vector(double precision[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_vector(numeric[], integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::vector;
CREATE CAST (numeric[] AS vector) WITH FUNCTION array_to_vector(numeric[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION vector_to_float4(vector, integer, boolean) RETURNS real[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN translate($1::text, '[]', '{}')::real[];
CREATE CAST (vector AS real[]) WITH FUNCTION vector_to_float4(vector, integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_halfvec(integer[], integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::halfvec;
CREATE CAST (integer[] AS halfvec) WITH FUNCTION array_to_halfvec(integer[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_halfvec(real[], integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::halfvec;
CREATE CAST (real[] AS halfvec) WITH FUNCTION array_to_halfvec(real[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_halfvec(double precision[], integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::halfvec;
CREATE CAST (double precision[] AS halfvec) WITH FUNCTION array_to_halfvec(double precision[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION array_to_halfvec(numeric[], integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json($1)::text::halfvec;
CREATE CAST (numeric[] AS halfvec) WITH FUNCTION array_to_halfvec(numeric[], integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION halfvec_to_float4(halfvec, integer, boolean) RETURNS real[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN translate($1::text, '[]', '{}')::real[];
CREATE CAST (halfvec AS real[]) WITH FUNCTION halfvec_to_float4(halfvec, integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION vector_to_halfvec(vector, integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::text::halfvec;
CREATE CAST (vector AS halfvec) WITH FUNCTION vector_to_halfvec(vector, integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION halfvec_to_vector(halfvec, integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::text::vector;
CREATE CAST (halfvec AS vector) WITH FUNCTION halfvec_to_vector(halfvec, integer, boolean) AS IMPLICIT;
CREATE FUNCTION vector_to_sparsevec(vector, integer, boolean) RETURNS sparsevec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT ('{' || COALESCE(string_agg(e.at || ':' || e.a, ',' ORDER BY e.at) FILTER (WHERE e.a <> 0), '') || '}/' || count(*))::sparsevec
    FROM unnest(translate($1::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at));
CREATE CAST (vector AS sparsevec) WITH FUNCTION vector_to_sparsevec(vector, integer, boolean) AS IMPLICIT;
CREATE FUNCTION sparsevec_to_vector(sparsevec, integer, boolean) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(COALESCE(p.value, 0) ORDER BY g.at)::text::vector
    FROM generate_series(1, split_part($1::text, '/', 2)::integer) AS g (at)
    LEFT JOIN (SELECT split_part(pair, ':', 1)::integer AS at, split_part(pair, ':', 2)::real AS value
                 FROM unnest(string_to_array(btrim(split_part($1::text, '/', 1), '{} '), ',')) AS pair) AS p ON p.at = g.at);
CREATE CAST (sparsevec AS vector) WITH FUNCTION sparsevec_to_vector(sparsevec, integer, boolean) AS ASSIGNMENT;
CREATE FUNCTION halfvec_to_sparsevec(halfvec, integer, boolean) RETURNS sparsevec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN vector_to_sparsevec($1, $2, $3);
CREATE CAST (halfvec AS sparsevec) WITH FUNCTION halfvec_to_sparsevec(halfvec, integer, boolean) AS IMPLICIT;
CREATE FUNCTION sparsevec_to_halfvec(sparsevec, integer, boolean) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN sparsevec_to_vector($1, $2, $3)::text::halfvec;
CREATE CAST (sparsevec AS halfvec) WITH FUNCTION sparsevec_to_halfvec(sparsevec, integer, boolean) AS ASSIGNMENT;

-- Distances and arithmetic.
CREATE FUNCTION l2_distance(vector, vector) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT sqrt(COALESCE(sum((e.a - e.b) * (e.a - e.b)), 0)) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION inner_product(vector, vector) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT COALESCE(sum(e.a * e.b), 0) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION cosine_distance(vector, vector) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT 1 - sum(e.a * e.b) / NULLIF(sqrt(sum(e.a * e.a)) * sqrt(sum(e.b * e.b)), 0) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION l1_distance(vector, vector) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT COALESCE(sum(abs(e.a - e.b)), 0) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION vector_negative_inner_product(vector, vector) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN - inner_product($1, $2);
CREATE OPERATOR <-> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = l2_distance, COMMUTATOR = <->);
CREATE OPERATOR <#> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_negative_inner_product, COMMUTATOR = <#>);
CREATE OPERATOR <=> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = cosine_distance, COMMUTATOR = <=>);
CREATE OPERATOR <+> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = l1_distance, COMMUTATOR = <+>);
CREATE FUNCTION vector_norm(vector) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN sqrt(inner_product($1, $1));
CREATE FUNCTION l2_normalize(vector) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a / NULLIF(vector_norm($1), 0) ORDER BY e.at)::text::vector FROM unnest(translate($1::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at));
CREATE FUNCTION binary_quantize(vector) RETURNS bit LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT string_agg(CASE WHEN e.a > 0 THEN '1' ELSE '0' END, '' ORDER BY e.at)::varbit FROM unnest(translate($1::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at));
CREATE FUNCTION subvector(vector, integer, integer) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  array_to_json((translate($1::text, '[]', '{}')::float8[])[$2 : $2 + $3 - 1])::text::vector;
CREATE FUNCTION vector_add(vector, vector) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a + e.b ORDER BY e.at)::text::vector
    FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, b, at));
CREATE OPERATOR + (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_add, COMMUTATOR = +);
CREATE FUNCTION vector_sub(vector, vector) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a - e.b ORDER BY e.at)::text::vector
    FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, b, at));
CREATE OPERATOR - (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_sub);
CREATE FUNCTION vector_mul(vector, vector) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a * e.b ORDER BY e.at)::text::vector
    FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, b, at));
CREATE OPERATOR * (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_mul, COMMUTATOR = *);
CREATE FUNCTION vector_concat(vector, vector) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json(translate($1::text, '[]', '{}')::float8[] || translate($2::text, '[]', '{}')::float8[])::text::vector;
CREATE OPERATOR || (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_concat);
CREATE FUNCTION vector_avg_final(vector[]) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(s.value ORDER BY s.at)::text::vector
    FROM (SELECT avg(e.a) AS value, e.at FROM unnest($1) AS v, unnest(translate(v::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at) GROUP BY e.at) AS s);
CREATE AGGREGATE avg(vector) (SFUNC = array_append, STYPE = vector[], FINALFUNC = vector_avg_final);
CREATE FUNCTION vector_sum_final(vector[]) RETURNS vector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(s.value ORDER BY s.at)::text::vector
    FROM (SELECT sum(e.a) AS value, e.at FROM unnest($1) AS v, unnest(translate(v::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at) GROUP BY e.at) AS s);
CREATE AGGREGATE sum(vector) (SFUNC = array_append, STYPE = vector[], FINALFUNC = vector_sum_final);
CREATE FUNCTION l2_distance(halfvec, halfvec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT sqrt(COALESCE(sum((e.a - e.b) * (e.a - e.b)), 0)) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION inner_product(halfvec, halfvec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT COALESCE(sum(e.a * e.b), 0) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION cosine_distance(halfvec, halfvec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT 1 - sum(e.a * e.b) / NULLIF(sqrt(sum(e.a * e.a)) * sqrt(sum(e.b * e.b)), 0) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION l1_distance(halfvec, halfvec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT COALESCE(sum(abs(e.a - e.b)), 0) FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION halfvec_negative_inner_product(halfvec, halfvec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN - inner_product($1, $2);
CREATE OPERATOR <-> (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = l2_distance, COMMUTATOR = <->);
CREATE OPERATOR <#> (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_negative_inner_product, COMMUTATOR = <#>);
CREATE OPERATOR <=> (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = cosine_distance, COMMUTATOR = <=>);
CREATE OPERATOR <+> (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = l1_distance, COMMUTATOR = <+>);
CREATE FUNCTION l2_norm(halfvec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN sqrt(inner_product($1, $1));
CREATE FUNCTION l2_normalize(halfvec) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a / NULLIF(l2_norm($1), 0) ORDER BY e.at)::text::halfvec FROM unnest(translate($1::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at));
CREATE FUNCTION binary_quantize(halfvec) RETURNS bit LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT string_agg(CASE WHEN e.a > 0 THEN '1' ELSE '0' END, '' ORDER BY e.at)::varbit FROM unnest(translate($1::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at));
CREATE FUNCTION subvector(halfvec, integer, integer) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  array_to_json((translate($1::text, '[]', '{}')::float8[])[$2 : $2 + $3 - 1])::text::halfvec;
CREATE FUNCTION halfvec_add(halfvec, halfvec) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a + e.b ORDER BY e.at)::text::halfvec
    FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, b, at));
CREATE OPERATOR + (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_add, COMMUTATOR = +);
CREATE FUNCTION halfvec_sub(halfvec, halfvec) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a - e.b ORDER BY e.at)::text::halfvec
    FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, b, at));
CREATE OPERATOR - (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_sub);
CREATE FUNCTION halfvec_mul(halfvec, halfvec) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(e.a * e.b ORDER BY e.at)::text::halfvec
    FROM unnest(translate($1::text, '[]', '{}')::float8[], translate($2::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, b, at));
CREATE OPERATOR * (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_mul, COMMUTATOR = *);
CREATE FUNCTION halfvec_concat(halfvec, halfvec) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_json(translate($1::text, '[]', '{}')::float8[] || translate($2::text, '[]', '{}')::float8[])::text::halfvec;
CREATE OPERATOR || (LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_concat);
CREATE FUNCTION halfvec_avg_final(halfvec[]) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(s.value ORDER BY s.at)::text::halfvec
    FROM (SELECT avg(e.a) AS value, e.at FROM unnest($1) AS v, unnest(translate(v::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at) GROUP BY e.at) AS s);
CREATE AGGREGATE avg(halfvec) (SFUNC = array_append, STYPE = halfvec[], FINALFUNC = halfvec_avg_final);
CREATE FUNCTION halfvec_sum_final(halfvec[]) RETURNS halfvec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT json_agg(s.value ORDER BY s.at)::text::halfvec
    FROM (SELECT sum(e.a) AS value, e.at FROM unnest($1) AS v, unnest(translate(v::text, '[]', '{}')::float8[]) WITH ORDINALITY AS e (a, at) GROUP BY e.at) AS s);
CREATE AGGREGATE sum(halfvec) (SFUNC = array_append, STYPE = halfvec[], FINALFUNC = halfvec_sum_final);
CREATE FUNCTION l2_distance(sparsevec, sparsevec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT sqrt(COALESCE(sum((e.a - e.b) * (e.a - e.b)), 0)) FROM unnest(translate($1::vector::text, '[]', '{}')::float8[], translate($2::vector::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION inner_product(sparsevec, sparsevec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT COALESCE(sum(e.a * e.b), 0) FROM unnest(translate($1::vector::text, '[]', '{}')::float8[], translate($2::vector::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION cosine_distance(sparsevec, sparsevec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT 1 - sum(e.a * e.b) / NULLIF(sqrt(sum(e.a * e.a)) * sqrt(sum(e.b * e.b)), 0) FROM unnest(translate($1::vector::text, '[]', '{}')::float8[], translate($2::vector::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION l1_distance(sparsevec, sparsevec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT COALESCE(sum(abs(e.a - e.b)), 0) FROM unnest(translate($1::vector::text, '[]', '{}')::float8[], translate($2::vector::text, '[]', '{}')::float8[]) AS e (a, b));
CREATE FUNCTION sparsevec_negative_inner_product(sparsevec, sparsevec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN - inner_product($1, $2);
CREATE OPERATOR <-> (LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = l2_distance, COMMUTATOR = <->);
CREATE OPERATOR <#> (LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_negative_inner_product, COMMUTATOR = <#>);
CREATE OPERATOR <=> (LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = cosine_distance, COMMUTATOR = <=>);
CREATE OPERATOR <+> (LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = l1_distance, COMMUTATOR = <+>);
CREATE FUNCTION l2_norm(sparsevec) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN sqrt(inner_product($1, $1));
CREATE FUNCTION l2_normalize(sparsevec) RETURNS sparsevec LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN vector_to_sparsevec(l2_normalize($1::vector), -1, false);
CREATE FUNCTION hamming_distance(bit, bit) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN bit_count($1 # $2)::double precision;
CREATE OPERATOR <~> (LEFTARG = bit, RIGHTARG = bit, FUNCTION = hamming_distance, COMMUTATOR = <~>);
CREATE FUNCTION jaccard_distance(bit, bit) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  1 - bit_count($1 & $2)::double precision / NULLIF(bit_count($1 | $2), 0);
CREATE OPERATOR <%> (LEFTARG = bit, RIGHTARG = bit, FUNCTION = jaccard_distance, COMMUTATOR = <%>);

-- Comparison by bytes, as far as equal is equal. The functions of text would ask for a collation.
CREATE FUNCTION vector_lt(vector, vector) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bytealt';
CREATE OPERATOR < (
  LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_lt, COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE FUNCTION vector_le(vector, vector) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteale';
CREATE OPERATOR <= (
  LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_le, COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE FUNCTION vector_eq(vector, vector) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaeq';
CREATE OPERATOR = (
  LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_eq, COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
CREATE FUNCTION vector_ne(vector, vector) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteane';
CREATE OPERATOR <> (
  LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_ne, COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE FUNCTION vector_ge(vector, vector) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteage';
CREATE OPERATOR >= (
  LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_ge, COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE FUNCTION vector_gt(vector, vector) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteagt';
CREATE OPERATOR > (
  LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_gt, COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE FUNCTION vector_cmp(vector, vector) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteacmp';
CREATE OPERATOR CLASS vector_ops DEFAULT FOR TYPE vector USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 vector_cmp(vector, vector);
CREATE FUNCTION vector_hash(vector) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlena';
CREATE FUNCTION halfvec_lt(halfvec, halfvec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bytealt';
CREATE OPERATOR < (
  LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_lt, COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE FUNCTION halfvec_le(halfvec, halfvec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteale';
CREATE OPERATOR <= (
  LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_le, COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE FUNCTION halfvec_eq(halfvec, halfvec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaeq';
CREATE OPERATOR = (
  LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_eq, COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
CREATE FUNCTION halfvec_ne(halfvec, halfvec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteane';
CREATE OPERATOR <> (
  LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_ne, COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE FUNCTION halfvec_ge(halfvec, halfvec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteage';
CREATE OPERATOR >= (
  LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_ge, COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE FUNCTION halfvec_gt(halfvec, halfvec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteagt';
CREATE OPERATOR > (
  LEFTARG = halfvec, RIGHTARG = halfvec, FUNCTION = halfvec_gt, COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE FUNCTION halfvec_cmp(halfvec, halfvec) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteacmp';
CREATE OPERATOR CLASS halfvec_ops DEFAULT FOR TYPE halfvec USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 halfvec_cmp(halfvec, halfvec);
CREATE FUNCTION halfvec_hash(halfvec) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlena';
CREATE FUNCTION sparsevec_lt(sparsevec, sparsevec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bytealt';
CREATE OPERATOR < (
  LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_lt, COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE FUNCTION sparsevec_le(sparsevec, sparsevec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteale';
CREATE OPERATOR <= (
  LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_le, COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE FUNCTION sparsevec_eq(sparsevec, sparsevec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaeq';
CREATE OPERATOR = (
  LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_eq, COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
CREATE FUNCTION sparsevec_ne(sparsevec, sparsevec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteane';
CREATE OPERATOR <> (
  LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_ne, COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE FUNCTION sparsevec_ge(sparsevec, sparsevec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteage';
CREATE OPERATOR >= (
  LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_ge, COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE FUNCTION sparsevec_gt(sparsevec, sparsevec) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteagt';
CREATE OPERATOR > (
  LEFTARG = sparsevec, RIGHTARG = sparsevec, FUNCTION = sparsevec_gt, COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE FUNCTION sparsevec_cmp(sparsevec, sparsevec) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteacmp';
CREATE OPERATOR CLASS sparsevec_ops DEFAULT FOR TYPE sparsevec USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 sparsevec_cmp(sparsevec, sparsevec);
CREATE FUNCTION sparsevec_hash(sparsevec) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlena';
CREATE FUNCTION bit_hash(bit) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlena';

-- Access methods: of those that PostgreSQL brings, only hash takes vectors of every length.
CREATE FUNCTION hnswhandler(internal) RETURNS index_am_handler LANGUAGE internal AS 'hashhandler';
CREATE FUNCTION ivfflathandler(internal) RETURNS index_am_handler LANGUAGE internal AS 'hashhandler';
CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER hnswhandler;
CREATE ACCESS METHOD ivfflat TYPE INDEX HANDLER ivfflathandler;

CREATE OPERATOR CLASS vector_l2_ops DEFAULT FOR TYPE vector USING ivfflat AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_l2_ops FOR TYPE vector USING hnsw AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_ip_ops FOR TYPE vector USING ivfflat AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_ip_ops FOR TYPE vector USING hnsw AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING ivfflat AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING hnsw AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_l1_ops FOR TYPE vector USING hnsw AS OPERATOR 1 =, FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS halfvec_l2_ops FOR TYPE halfvec USING ivfflat AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS halfvec_l2_ops FOR TYPE halfvec USING hnsw AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS halfvec_ip_ops FOR TYPE halfvec USING ivfflat AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS halfvec_ip_ops FOR TYPE halfvec USING hnsw AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS halfvec_cosine_ops FOR TYPE halfvec USING ivfflat AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS halfvec_cosine_ops FOR TYPE halfvec USING hnsw AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS halfvec_l1_ops FOR TYPE halfvec USING hnsw AS OPERATOR 1 =, FUNCTION 1 halfvec_hash(halfvec);
CREATE OPERATOR CLASS sparsevec_l2_ops FOR TYPE sparsevec USING hnsw AS OPERATOR 1 =, FUNCTION 1 sparsevec_hash(sparsevec);
CREATE OPERATOR CLASS sparsevec_ip_ops FOR TYPE sparsevec USING hnsw AS OPERATOR 1 =, FUNCTION 1 sparsevec_hash(sparsevec);
CREATE OPERATOR CLASS sparsevec_cosine_ops FOR TYPE sparsevec USING hnsw AS OPERATOR 1 =, FUNCTION 1 sparsevec_hash(sparsevec);
CREATE OPERATOR CLASS sparsevec_l1_ops FOR TYPE sparsevec USING hnsw AS OPERATOR 1 =, FUNCTION 1 sparsevec_hash(sparsevec);
CREATE OPERATOR CLASS bit_hamming_ops FOR TYPE bit USING ivfflat AS OPERATOR 1 =, FUNCTION 1 bit_hash(bit);
CREATE OPERATOR CLASS bit_hamming_ops FOR TYPE bit USING hnsw AS OPERATOR 1 =, FUNCTION 1 bit_hash(bit);
CREATE OPERATOR CLASS bit_jaccard_ops FOR TYPE bit USING hnsw AS OPERATOR 1 =, FUNCTION 1 bit_hash(bit);
