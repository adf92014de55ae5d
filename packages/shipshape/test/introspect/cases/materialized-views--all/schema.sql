CREATE TABLE sales (day date, amount integer);
CREATE MATERIALIZED VIEW per_day AS SELECT day, sum(amount) AS total FROM sales GROUP BY day;
CREATE UNIQUE INDEX per_day_day ON per_day (day);
CREATE INDEX per_day_total ON per_day (total DESC) WHERE total > 0;
CREATE MATERIALIZED VIEW unready AS SELECT 1 AS one WITH NO DATA;
COMMENT ON MATERIALIZED VIEW per_day IS 'refreshed at night';
COMMENT ON COLUMN per_day.total IS 'in cents';
