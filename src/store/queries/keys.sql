-- name: create_key
INSERT INTO aremko_api_key (key_id, tenant, scope, label, hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)

-- An empty $1 means every tenant.
-- name: list_keys
SELECT key_id, tenant, scope, label, created_at, revoked_at FROM aremko_api_key
WHERE CAST($1 AS text) IN ('', tenant) ORDER BY created_at DESC, key_id

-- name: find_key
SELECT key_id, tenant, scope, label, created_at, revoked_at FROM aremko_api_key WHERE key_id = $1

-- name: revoke_key
UPDATE aremko_api_key SET revoked_at = $2 WHERE key_id = $1 AND revoked_at IS NULL

-- name: working_keys
SELECT key_id, tenant, scope, label, hash FROM aremko_api_key WHERE revoked_at IS NULL
