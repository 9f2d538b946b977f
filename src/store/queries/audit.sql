-- Takes the tenant's row, which stays locked until the transaction ends, and tells its counters.
-- name: lock_tenant
INSERT INTO aremko_tenant (tenant, audit_seq, mapping_version) VALUES ($1, 0, 0)
ON CONFLICT (tenant) DO UPDATE SET audit_seq = aremko_tenant.audit_seq
RETURNING audit_seq, mapping_version

-- name: advance_tenant
UPDATE aremko_tenant SET audit_seq = $2, mapping_version = $3 WHERE tenant = $1

-- name: list_audit
SELECT a.seq, a.at, a.actor, a.action, a.subject, a.before_state, a.after_state, a.reason, COALESCE(a.legacy_id, m.made_as), m.current_id,
       COALESCE(k.label, w.name)
FROM aremko_audit a
LEFT JOIN aremko_mapping m ON m.id = a.subject AND m.tenant = a.tenant
LEFT JOIN aremko_api_key k ON k.key_id = a.actor AND k.tenant = a.tenant
LEFT JOIN aremko_staff w ON w.staff_id = a.actor AND w.tenant = a.tenant
WHERE a.tenant = $1 AND a.seq < $2 AND CAST($4 AS text) IN ('', a.action)
ORDER BY a.seq DESC LIMIT $3

-- An empty legacy id, a customer of -1 and an empty action mean any.
-- name: list_audit_of
SELECT a.seq, a.at, a.actor, a.action, a.subject, a.before_state, a.after_state, a.reason, COALESCE(a.legacy_id, m.made_as), m.current_id,
       COALESCE(k.label, w.name)
FROM aremko_audit a
LEFT JOIN aremko_mapping m ON m.id = a.subject AND m.tenant = a.tenant
LEFT JOIN aremko_api_key k ON k.key_id = a.actor AND k.tenant = a.tenant
LEFT JOIN aremko_staff w ON w.staff_id = a.actor AND w.tenant = a.tenant
WHERE a.tenant = $1 AND a.seq < $2 AND a.subject = $4
  AND CAST($5 AS text) IN ('', m.legacy_id) AND CAST($6 AS bigint) IN (-1, m.current_id) AND CAST($7 AS text) IN ('', a.action)
ORDER BY a.seq DESC LIMIT $3

-- name: list_audit_of_legacy
SELECT a.seq, a.at, a.actor, a.action, a.subject, a.before_state, a.after_state, a.reason, COALESCE(a.legacy_id, m.made_as), m.current_id,
       COALESCE(k.label, w.name)
FROM aremko_audit a
LEFT JOIN aremko_mapping m ON m.id = a.subject AND m.tenant = a.tenant
LEFT JOIN aremko_api_key k ON k.key_id = a.actor AND k.tenant = a.tenant
LEFT JOIN aremko_staff w ON w.staff_id = a.actor AND w.tenant = a.tenant
WHERE a.tenant = $1 AND a.seq < $2
  AND a.subject IN (SELECT id FROM aremko_mapping WHERE tenant = $1 AND legacy_id = $4)
  AND CAST($5 AS bigint) IN (-1, m.current_id) AND CAST($6 AS text) IN ('', a.action)
ORDER BY a.seq DESC LIMIT $3

-- name: list_audit_of_customer
SELECT a.seq, a.at, a.actor, a.action, a.subject, a.before_state, a.after_state, a.reason, COALESCE(a.legacy_id, m.made_as), m.current_id,
       COALESCE(k.label, w.name)
FROM aremko_audit a
LEFT JOIN aremko_mapping m ON m.id = a.subject AND m.tenant = a.tenant
LEFT JOIN aremko_api_key k ON k.key_id = a.actor AND k.tenant = a.tenant
LEFT JOIN aremko_staff w ON w.staff_id = a.actor AND w.tenant = a.tenant
WHERE a.tenant = $1 AND a.seq < $2
  AND a.subject IN (SELECT id FROM aremko_mapping WHERE tenant = $1 AND current_id = $4)
  AND CAST($5 AS text) IN ('', a.action)
ORDER BY a.seq DESC LIMIT $3
