CREATE TABLE sales (day date, amount numeric(10,2));
CREATE MATERIALIZED VIEW by_day AS SELECT day, sum(amount) AS total FROM sales GROUP BY day;
CREATE UNIQUE INDEX by_day_day ON by_day (day);
CREATE INDEX by_day_total ON by_day (total DESC) WHERE total > 0;
CREATE MATERIALIZED VIEW later AS SELECT 1 AS one WITH NO DATA;
