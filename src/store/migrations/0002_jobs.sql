-- Long work that outlives a request and a process, and the registry by its last change.

CREATE INDEX aremko_mapping_recent ON aremko_mapping (tenant, updated_at, id);

CREATE TABLE aremko_job (
  id text PRIMARY KEY,
  seq bigint NOT NULL,
  tenant text NOT NULL,
  kind text NOT NULL,
  input text NOT NULL,
  actor text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  resumable bigint NOT NULL,
  stop_asked bigint NOT NULL,
  attempts bigint NOT NULL,
  owner text NOT NULL,
  lease_until bigint NOT NULL,
  phase text NOT NULL,
  done bigint NOT NULL,
  total bigint NOT NULL,
  per_second bigint NOT NULL,
  created_at bigint NOT NULL,
  started_at bigint,
  ended_at bigint,
  result text,
  error_es text,
  error_en text,
  UNIQUE (tenant, seq)
);
-- One at a time for each tenant, whatever process asks.
CREATE UNIQUE INDEX aremko_job_one_open ON aremko_job (tenant) WHERE state IN ('queued', 'running');
