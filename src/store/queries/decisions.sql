-- What people decided of old records and of duplicates, the newest first. `stands` is 1 where nobody has decided on the same
-- pair since. $4: yes, no, undone, or nothing for all; $5: who, or nothing for anybody; $6: 1 for those that stand alone.
-- name: list_decisions
SELECT d.seq, d.at, d.actor, d.action, d.subject, d.before_state, d.after_state, d.reason, d.legacy_id, d.current_id,
       d.first_id, d.second_id, d.kept_id, d.label, d.stands
FROM (
  SELECT a.seq, a.at, a.actor, a.action, a.subject, a.before_state, a.after_state, a.reason,
         COALESCE(a.legacy_id, m.made_as) AS legacy_id, m.current_id, p.first_id, p.second_id, p.kept_id, k.label,
         CASE WHEN a.action NOT IN ('mapping.undo', 'people.undo')
                   AND (m.status IN ('accepted', 'rejected') OR p.verdict IN ('same', 'different'))
                   AND NOT EXISTS (
                     SELECT 1 FROM aremko_audit b
                     WHERE b.tenant = a.tenant AND b.subject = a.subject AND b.seq > a.seq
                       AND b.action IN ('mapping.accept', 'mapping.reject', 'mapping.link', 'mapping.unlink', 'mapping.undo',
                                        'people.same', 'people.different', 'people.undo'))
              THEN 1 ELSE 0 END AS stands
  FROM aremko_audit a
  LEFT JOIN aremko_mapping m ON m.id = a.subject AND m.tenant = a.tenant
  LEFT JOIN aremko_merge p ON p.id = a.subject AND p.tenant = a.tenant
  LEFT JOIN aremko_api_key k ON k.key_id = a.actor AND k.tenant = a.tenant
  WHERE a.tenant = $1 AND a.seq < $2
    AND a.action IN ('mapping.accept', 'mapping.reject', 'mapping.link', 'mapping.unlink', 'mapping.undo',
                     'people.same', 'people.different', 'people.undo')
    AND (CAST($4 AS text) = ''
         OR (CAST($4 AS text) = 'yes' AND a.action IN ('mapping.accept', 'mapping.link', 'people.same'))
         OR (CAST($4 AS text) = 'no' AND a.action IN ('mapping.reject', 'mapping.unlink', 'people.different'))
         OR (CAST($4 AS text) = 'undone' AND a.action IN ('mapping.undo', 'people.undo')))
    AND CAST($5 AS text) IN ('', a.actor)
) d
WHERE CAST($6 AS bigint) = 0 OR d.stands = 1
ORDER BY d.seq DESC LIMIT $3

-- Who accepted a pair last, before it was said otherwise.
-- name: last_acceptance
SELECT actor, at, reason FROM aremko_audit
WHERE tenant = $1 AND subject = $2 AND action IN ('mapping.accept', 'mapping.link') ORDER BY seq DESC LIMIT 1

-- name: last_decision
SELECT action, before_state FROM aremko_audit
WHERE tenant = $1 AND subject = $2
  AND action IN ('mapping.accept', 'mapping.reject', 'mapping.link', 'mapping.unlink', 'mapping.undo')
ORDER BY seq DESC LIMIT 1
