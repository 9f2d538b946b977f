-- name: add_staff
INSERT INTO aremko_staff (staff_id, tenant, name, folded, role, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: list_staff
SELECT p.staff_id, p.tenant, p.name, p.role, p.created_at, p.revoked_at,
       (SELECT MAX(s.last_used_at) FROM aremko_session s WHERE s.staff_id = p.staff_id)
FROM aremko_staff p WHERE p.tenant = $1 ORDER BY p.revoked_at IS NOT NULL, p.folded, p.staff_id

-- name: find_staff
SELECT p.staff_id, p.tenant, p.name, p.role, p.created_at, p.revoked_at,
       (SELECT MAX(s.last_used_at) FROM aremko_session s WHERE s.staff_id = p.staff_id)
FROM aremko_staff p WHERE p.tenant = $1 AND p.staff_id = $2

-- name: find_staff_named
SELECT staff_id, tenant, name, role, secret FROM aremko_staff WHERE tenant = $1 AND folded = $2 AND revoked_at IS NULL

-- Who could still let others in.
-- name: count_administrators
SELECT count(*) FROM aremko_staff WHERE tenant = $1 AND role = 'administration' AND revoked_at IS NULL

-- An empty $1 means every tenant.
-- name: count_staff
SELECT count(*) FROM aremko_staff WHERE revoked_at IS NULL AND CAST($1 AS text) IN ('', tenant)

-- name: set_staff_role
UPDATE aremko_staff SET role = $2 WHERE staff_id = $1

-- name: set_staff_secret
UPDATE aremko_staff SET secret = $2 WHERE staff_id = $1

-- name: revoke_staff
UPDATE aremko_staff SET revoked_at = $2 WHERE staff_id = $1 AND revoked_at IS NULL

-- name: end_sessions_of_staff
UPDATE aremko_session SET ended_at = $2 WHERE staff_id = $1 AND ended_at IS NULL

-- name: add_device
INSERT INTO aremko_device (device_id, tenant, hash, label, remembered, created_at) VALUES ($1, $2, $3, $4, $5, $6)

-- name: renew_device
UPDATE aremko_device SET label = $2, remembered = $3 WHERE device_id = $1

-- name: find_device
SELECT device_id, tenant, remembered FROM aremko_device WHERE hash = $1 AND revoked_at IS NULL

-- name: find_device_by_id
SELECT device_id, label, created_at, revoked_at FROM aremko_device WHERE tenant = $1 AND device_id = $2

-- name: revoke_device
UPDATE aremko_device SET revoked_at = $2 WHERE device_id = $1 AND revoked_at IS NULL

-- A line a person who signed in there, latest use first.
-- name: list_devices
SELECT d.device_id, d.label, d.created_at, d.revoked_at, s.last_used_at, p.name, d.remembered
FROM aremko_device d
JOIN aremko_session s ON s.device_id = d.device_id
JOIN aremko_staff p ON p.staff_id = s.staff_id
WHERE d.tenant = $1 ORDER BY s.last_used_at DESC, d.device_id, p.staff_id

-- name: staff_of_device
SELECT p.name FROM aremko_session s
JOIN aremko_staff p ON p.staff_id = s.staff_id AND p.revoked_at IS NULL
JOIN aremko_device d ON d.device_id = s.device_id AND d.revoked_at IS NULL AND d.remembered = 1
WHERE s.device_id = $1 ORDER BY s.last_used_at DESC, p.staff_id

-- name: begin_session
INSERT INTO aremko_session (device_id, staff_id, hash, locked, last_used_at, ended_at) VALUES ($1, $2, $3, 0, $4, NULL)
ON CONFLICT (device_id, staff_id) DO UPDATE SET hash = excluded.hash, locked = 0, last_used_at = excluded.last_used_at, ended_at = NULL

-- name: end_session
UPDATE aremko_session SET ended_at = $2 WHERE hash = $1 AND ended_at IS NULL

-- name: lock_session
UPDATE aremko_session SET locked = 1 WHERE hash = $1 AND ended_at IS NULL

-- name: use_session
UPDATE aremko_session SET last_used_at = $2 WHERE hash = $1 AND last_used_at < $2

-- name: working_sessions
SELECT s.hash, s.locked, s.last_used_at, p.staff_id, p.tenant, p.name, p.role
FROM aremko_session s
JOIN aremko_staff p ON p.staff_id = s.staff_id AND p.revoked_at IS NULL
JOIN aremko_device d ON d.device_id = s.device_id AND d.revoked_at IS NULL
WHERE s.ended_at IS NULL AND s.last_used_at > $1
