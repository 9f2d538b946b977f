-- What people say of two of today's customers: that they are one person, or that they are not. Ids alone. first_id is the
-- smaller one; kept_id is whose number the person goes by. A pair that was undone stays, as nobody's word.
CREATE TABLE aremko_merge (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  first_id bigint NOT NULL,
  second_id bigint NOT NULL,
  kept_id bigint NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('same', 'different', 'undone')),
  created_at bigint NOT NULL,
  decided_by text NOT NULL,
  decided_at bigint NOT NULL,
  note text,
  CHECK (first_id < second_id),
  UNIQUE (tenant, first_id, second_id)
);
CREATE INDEX aremko_merge_verdict ON aremko_merge (tenant, verdict);

-- What people decided, among the many lines of the syncs.
CREATE INDEX aremko_audit_decided ON aremko_audit (tenant, seq)
  WHERE action IN ('mapping.accept', 'mapping.reject', 'mapping.link', 'mapping.unlink', 'mapping.undo',
                   'people.same', 'people.different', 'people.undo');
