-- Takes the tenant's row, which stays locked until the transaction ends, and tells its counters.
-- name: lock_tenant
INSERT INTO aremko_tenant (tenant, audit_seq, mapping_version) VALUES ($1, 0, 0)
ON CONFLICT (tenant) DO UPDATE SET audit_seq = aremko_tenant.audit_seq
RETURNING audit_seq, mapping_version

-- name: advance_tenant
UPDATE aremko_tenant SET audit_seq = $2, mapping_version = $3 WHERE tenant = $1

-- name: list_audit
SELECT seq, at, actor, action, subject, before_state, after_state, reason FROM aremko_audit
WHERE tenant = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3

-- name: list_audit_of
SELECT seq, at, actor, action, subject, before_state, after_state, reason FROM aremko_audit
WHERE tenant = $1 AND subject = $4 AND seq < $2 ORDER BY seq DESC LIMIT $3
