-- name: all_mappings
SELECT legacy_id, current_id, confidence, status, reasons, id, record_id, print, record,
       CASE WHEN decided_by IS NULL THEN 0 ELSE 1 END
FROM aremko_mapping WHERE tenant = $1

-- name: live_mappings
SELECT legacy_id, current_id, confidence, id, record_id, print, made_as FROM aremko_mapping
WHERE tenant = $1 AND status IN ('active', 'accepted')

-- name: decided_mappings
SELECT legacy_id, current_id, status, decided_at, record_id, print FROM aremko_mapping
WHERE tenant = $1 AND status IN ('accepted', 'rejected')

-- name: mapping_version
SELECT mapping_version FROM aremko_tenant WHERE tenant = $1

-- name: find_mapping
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping WHERE tenant = $1 AND id = $2

-- name: mappings_of_customer
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping WHERE tenant = $1 AND current_id = $2
ORDER BY CASE WHEN status IN ('active', 'accepted') THEN 0 ELSE 1 END, confidence DESC, id

-- By the number, and by the record itself, whose number may have moved since.
-- An index each: with an OR, SQLite reads all mappings of the tenant.
-- name: mappings_of_legacy
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE id IN (SELECT id FROM aremko_mapping WHERE tenant = $1 AND legacy_id = $2
             UNION SELECT id FROM aremko_mapping WHERE tenant = $1 AND record_id = $3 AND record_id <> '')
ORDER BY CASE WHEN status IN ('active', 'accepted') THEN 0 ELSE 1 END, confidence DESC, id

-- The page after confidence $2 and id $3; both go down, so that an index read backwards serves it.
-- name: list_mappings
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE tenant = $1 AND (confidence, id) < ($2, $3)
  AND confidence >= $5 AND confidence <= $6 AND reasons LIKE $7 ESCAPE '!'
ORDER BY confidence DESC, id DESC LIMIT $4

-- name: list_mappings_with_status
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE tenant = $1 AND status = $8 AND (confidence, id) < ($2, $3)
  AND confidence >= $5 AND confidence <= $6 AND reasons LIKE $7 ESCAPE '!'
ORDER BY confidence DESC, id DESC LIMIT $4

-- The page after the change at $2 and id $3.
-- name: recent_mappings
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE tenant = $1 AND (updated_at, id) < ($2, $3)
  AND confidence >= $5 AND confidence <= $6 AND reasons LIKE $7 ESCAPE '!'
ORDER BY updated_at DESC, id DESC LIMIT $4

-- name: recent_mappings_with_status
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE tenant = $1 AND status = $8 AND (updated_at, id) < ($2, $3)
  AND confidence >= $5 AND confidence <= $6 AND reasons LIKE $7 ESCAPE '!'
ORDER BY updated_at DESC, id DESC LIMIT $4

-- name: weighed_mappings
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE tenant = $1 AND confidence >= $2 AND confidence <= $3 AND reasons LIKE $4 ESCAPE '!'

-- name: weighed_mappings_with_status
SELECT id, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       record_id, print
FROM aremko_mapping
WHERE tenant = $1 AND confidence >= $2 AND confidence <= $3 AND reasons LIKE $4 ESCAPE '!' AND status = $5

-- name: count_mappings
SELECT status, count(*) FROM aremko_mapping WHERE tenant = $1 GROUP BY status

-- name: update_found
UPDATE aremko_mapping SET confidence = $2, status = $3, reasons = $4, updated_at = $5 WHERE id = $1

-- name: update_status
UPDATE aremko_mapping SET status = $2, updated_at = $3 WHERE id = $1

-- Keeps what was decided, and gives the record itself up.
-- name: set_aside
UPDATE aremko_mapping SET status = $2, updated_at = $3, record = 'x' || id WHERE id = $1

-- name: free_record
UPDATE aremko_mapping SET record = 'x' || id WHERE id = $1

-- name: move_record
UPDATE aremko_mapping SET legacy_id = $2, record_id = $3, print = $4, record = $5 WHERE id = $1

-- name: mappings_without_print
SELECT id, legacy_id FROM aremko_mapping WHERE tenant = $1 AND print = ''

-- Only what still stands as it was read.
-- name: decide_mapping
UPDATE aremko_mapping SET status = $2, updated_at = $3, decided_by = $4, decided_at = $5, note = $6
WHERE id = $1 AND status = $7
RETURNING id

-- name: create_mapping
INSERT INTO aremko_mapping
  (id, tenant, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
   record, record_id, print, made_as)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13, $14, $3)
