-- The most rows that a source ever had and that nobody called lost on purpose: counts alone.

CREATE TABLE aremko_source_mark (
  tenant text NOT NULL,
  source text NOT NULL,
  most_rows bigint NOT NULL,
  seen_at bigint NOT NULL,
  PRIMARY KEY (tenant, source)
);
