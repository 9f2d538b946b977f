-- name: source_mark
SELECT most_rows FROM aremko_source_mark WHERE tenant = $1 AND source = $2

-- name: set_source_mark
INSERT INTO aremko_source_mark (tenant, source, most_rows, seen_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant, source) DO UPDATE SET most_rows = excluded.most_rows, seen_at = excluded.seen_at
