-- The first tables. Instants are Unix seconds; identifiers of people and records only, never their data.

-- One row a tenant: locked by whoever changes the tenant, so that its audit numbers have no gaps.
CREATE TABLE aremko_tenant (
  tenant text PRIMARY KEY,
  audit_seq bigint NOT NULL,
  mapping_version bigint NOT NULL
);

CREATE TABLE aremko_api_key (
  key_id text PRIMARY KEY,
  tenant text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
  label text NOT NULL,
  hash text NOT NULL,
  created_at bigint NOT NULL,
  revoked_at bigint
);

CREATE TABLE aremko_mapping (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  legacy_id text NOT NULL,
  current_id bigint NOT NULL,
  confidence double precision NOT NULL CHECK (confidence >= 0 AND confidence <= 100),
  status text NOT NULL CHECK (status IN ('active', 'pending', 'accepted', 'rejected', 'retired')),
  reasons text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  decided_by text,
  decided_at bigint,
  note text,
  UNIQUE (tenant, legacy_id, current_id)
);
CREATE UNIQUE INDEX aremko_mapping_one_live ON aremko_mapping (tenant, legacy_id)
  WHERE status IN ('active', 'accepted');
CREATE INDEX aremko_mapping_current ON aremko_mapping (tenant, current_id);
CREATE INDEX aremko_mapping_review ON aremko_mapping (tenant, status, confidence, id);
CREATE INDEX aremko_mapping_best ON aremko_mapping (tenant, confidence, id);

CREATE TABLE aremko_audit (
  tenant text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  before_state text NOT NULL,
  after_state text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (tenant, seq)
);
CREATE INDEX aremko_audit_subject ON aremko_audit (tenant, subject, seq);

-- only: postgres
CREATE FUNCTION aremko_audit_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER aremko_audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON aremko_audit
  FOR EACH STATEMENT EXECUTE FUNCTION aremko_audit_stays();
-- only: sqlite
CREATE TRIGGER aremko_audit_no_update BEFORE UPDATE ON aremko_audit
BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER aremko_audit_no_delete BEFORE DELETE ON aremko_audit
BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;
-- both
