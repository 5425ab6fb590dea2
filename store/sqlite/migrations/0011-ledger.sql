-- What a delivery shows, as JSON: kept from the claim until it is over, so that every try shows the same.
ALTER TABLE deliveries ADD COLUMN card TEXT;
-- Tries that have ended; those of before this version are counted as one.
ALTER TABLE deliveries ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1;
-- When it is sent again (failed) or asked about (doubtful); NULL when that is over.
ALTER TABLE deliveries ADD COLUMN next_try_at TEXT;
-- How a doubt about it ended, in words.
ALTER TABLE deliveries ADD COLUMN settled_by TEXT;
CREATE INDEX deliveries_by_next_try ON deliveries (subscription_id, number) WHERE next_try_at IS NOT NULL;
