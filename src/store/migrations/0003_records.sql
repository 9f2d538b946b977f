-- A mapping is of a record, not of the number that an export happens to give it: numbers may move with the next file.
-- record_id: what the customers file calls the record itself, where it has such a column. print: hashes of the row, a few
-- bits of each, to tell a row from another; nothing can be read from it. Both are empty until the row was seen, and print
-- is '-' for a record that the first snapshot after this migration did not have: nobody can say any more which it was.
-- record: what no two records share, made of these. made_as: the number when the mapping was made.
CREATE TABLE aremko_mapping_next (
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
  record text NOT NULL,
  record_id text NOT NULL,
  print text NOT NULL,
  made_as text NOT NULL,
  UNIQUE (tenant, record, current_id)
);
INSERT INTO aremko_mapping_next
SELECT id, tenant, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, decided_by, decided_at, note,
       'n' || legacy_id || '#', '', '', legacy_id
FROM aremko_mapping;
DROP TABLE aremko_mapping;
ALTER TABLE aremko_mapping_next RENAME TO aremko_mapping;
CREATE UNIQUE INDEX aremko_mapping_one_live ON aremko_mapping (tenant, record)
  WHERE status IN ('active', 'accepted');
CREATE INDEX aremko_mapping_legacy ON aremko_mapping (tenant, legacy_id);
CREATE INDEX aremko_mapping_record ON aremko_mapping (tenant, record_id);
CREATE INDEX aremko_mapping_current ON aremko_mapping (tenant, current_id);
CREATE INDEX aremko_mapping_review ON aremko_mapping (tenant, status, confidence, id);
CREATE INDEX aremko_mapping_best ON aremko_mapping (tenant, confidence, id);
CREATE INDEX aremko_mapping_recent ON aremko_mapping (tenant, updated_at, id);

-- The number as it was when the change was made; entries from before have their mapping's made_as.
ALTER TABLE aremko_audit ADD COLUMN legacy_id text;
