-- Items whose text was forgotten, with a hash of it: a feed that still shows the same text makes nothing new of it.
CREATE TABLE forgotten_texts (
  item_number INTEGER PRIMARY KEY REFERENCES items (number),
  hash TEXT NOT NULL
) STRICT;

-- What is still to be forgotten one day; by number, as the other indexes that every check adds to.
CREATE INDEX forgettable_items ON items (number) WHERE relevant = 0 AND summary <> '';

-- One row: when the next daily backup is due (NULL: now), how the last one went, and a place to try whether something can be written.
CREATE TABLE keeping (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  next_backup_at TEXT,
  backup_at TEXT,
  backup_error TEXT,
  probe BLOB
) STRICT;
INSERT INTO keeping (id) VALUES (1);
