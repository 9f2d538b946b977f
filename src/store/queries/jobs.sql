-- name: next_job
SELECT COALESCE(MAX(seq), 0) + 1 FROM aremko_job WHERE tenant = $1

-- name: create_job
INSERT INTO aremko_job (id, seq, tenant, kind, input, actor, state, resumable, stop_asked, attempts, owner, lease_until,
                        phase, done, total, per_second, created_at, started_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, '', 0, 0, 0, $12, $13)

-- name: drop_old_jobs
DELETE FROM aremko_job WHERE tenant = $1 AND seq <= $2 AND state NOT IN ('queued', 'running')

-- name: find_job
SELECT id, tenant, kind, input, actor, state, resumable, stop_asked, attempts, owner, lease_until, phase, done, total,
       per_second, created_at, started_at, ended_at, error_es, error_en, result
FROM aremko_job WHERE tenant = $1 AND id = $2

-- name: open_job
SELECT id, tenant, kind, input, actor, state, resumable, stop_asked, attempts, owner, lease_until, phase, done, total,
       per_second, created_at, started_at, ended_at, error_es, error_en, result
FROM aremko_job WHERE tenant = $1 AND state IN ('queued', 'running')

-- name: list_jobs
SELECT id, tenant, kind, input, actor, state, resumable, stop_asked, attempts, owner, lease_until, phase, done, total,
       per_second, created_at, started_at, ended_at, error_es, error_en, NULL
FROM aremko_job WHERE tenant = $1 ORDER BY seq DESC LIMIT $2

-- Only as it was seen: $4 and $5 are the holder and the lease of then.
-- name: take_job
UPDATE aremko_job
SET state = 'running', owner = $2, lease_until = $3, attempts = attempts + 1, started_at = $6, phase = '', done = 0,
    total = 0, per_second = 0
WHERE id = $1 AND owner = $4 AND lease_until = $5 AND stop_asked = 0 AND state IN ('queued', 'running')
RETURNING attempts

-- name: beat_job
UPDATE aremko_job SET lease_until = $3, phase = $4, done = $5, total = $6, per_second = $7
WHERE id = $1 AND owner = $2 AND state = 'running'
RETURNING stop_asked

-- name: release_job
UPDATE aremko_job
SET state = CASE WHEN stop_asked = 0 THEN 'queued' ELSE 'cancelled' END,
    ended_at = CASE WHEN stop_asked = 0 THEN NULL ELSE CAST($3 AS bigint) END,
    attempts = attempts - 1, owner = '', lease_until = 0
WHERE id = $1 AND owner = $2 AND state = 'running'

-- name: end_job
UPDATE aremko_job
SET state = $3, ended_at = $4, owner = '', lease_until = 0, error_es = $5, error_en = $6
WHERE id = $1 AND owner = $2 AND state IN ('queued', 'running')

-- name: finish_job
UPDATE aremko_job
SET state = 'done', ended_at = $3, owner = '', lease_until = 0, result = $4, phase = '', done = total
WHERE id = $1 AND owner = $2 AND state = 'running' AND stop_asked = 0
RETURNING id

-- name: ask_job_to_stop
UPDATE aremko_job SET stop_asked = 1 WHERE id = $1 AND state IN ('queued', 'running')
