-- People of the house: who works here, from which browsers, and who is signed in. A secret (PIN or passphrase) is kept as
-- argon2id; what a browser holds is random, and kept as a hash.

CREATE TABLE aremko_staff (
  staff_id text PRIMARY KEY,
  tenant text NOT NULL,
  name text NOT NULL,
  folded text NOT NULL,
  role text NOT NULL CHECK (role IN ('reception', 'marketing', 'owner', 'administration')),
  secret text NOT NULL,
  created_at bigint NOT NULL,
  revoked_at bigint
);
-- A name is free again when its bearer has left.
CREATE UNIQUE INDEX aremko_staff_one_name ON aremko_staff (tenant, folded) WHERE revoked_at IS NULL;

-- A browser that somebody signed in with. remembered: its door may show who did.
CREATE TABLE aremko_device (
  device_id text PRIMARY KEY,
  tenant text NOT NULL,
  hash text NOT NULL,
  label text NOT NULL,
  remembered bigint NOT NULL,
  created_at bigint NOT NULL,
  revoked_at bigint
);
CREATE INDEX aremko_device_hash ON aremko_device (hash);

-- One person on one device; the next time they sign in there takes its place. locked: the secret is asked for again.
CREATE TABLE aremko_session (
  device_id text NOT NULL,
  staff_id text NOT NULL,
  hash text NOT NULL,
  locked bigint NOT NULL,
  last_used_at bigint NOT NULL,
  ended_at bigint,
  PRIMARY KEY (device_id, staff_id)
);
CREATE INDEX aremko_session_hash ON aremko_session (hash);
