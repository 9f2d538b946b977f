-- name: standing_merges
SELECT id, first_id, second_id, kept_id, verdict, created_at, decided_by, decided_at, note
FROM aremko_merge WHERE tenant = $1 AND verdict IN ('same', 'different') ORDER BY decided_at, id

-- name: find_merge
SELECT id, first_id, second_id, kept_id, verdict, created_at, decided_by, decided_at, note
FROM aremko_merge WHERE tenant = $1 AND id = $2

-- name: merge_of_pair
SELECT id, first_id, second_id, kept_id, verdict, created_at, decided_by, decided_at, note
FROM aremko_merge WHERE tenant = $1 AND first_id = $2 AND second_id = $3

-- name: create_merge
INSERT INTO aremko_merge (id, tenant, first_id, second_id, kept_id, verdict, created_at, decided_by, decided_at, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9)

-- Only what still stands as it was read.
-- name: decide_merge
UPDATE aremko_merge SET kept_id = $2, verdict = $3, decided_by = $4, decided_at = $5, note = $6
WHERE id = $1 AND verdict = $7
RETURNING id
