-- Events of which no tagging is so sure are left out; 0 leaves out none.
ALTER TABLE subscriptions ADD COLUMN minimum_confidence REAL NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN length TEXT NOT NULL DEFAULT 'normal';
-- What is posted at once, as JSON; NULL for nothing.
ALTER TABLE subscriptions ADD COLUMN instant TEXT;
-- The newest local date in the ledger whose digest did not fail.
ALTER TABLE subscriptions ADD COLUMN sent_date TEXT;
-- When next_digest_at was set, by the clock of then: one that lies ahead of now tells of a clock that has gone back.
ALTER TABLE subscriptions ADD COLUMN planned_at TEXT NOT NULL DEFAULT '';
ALTER TABLE subscriptions ADD COLUMN scheduled_at TEXT;
ALTER TABLE subscriptions ADD COLUMN resumed_at TEXT;
CREATE INDEX subscriptions_by_plan ON subscriptions (planned_at);
CREATE INDEX instant_subscriptions ON subscriptions (id) WHERE instant IS NOT NULL;

-- 'asked' or 'instant'; NULL for a regular digest.
ALTER TABLE deliveries ADD COLUMN occasion TEXT;
-- The local date whose digest it is; NULL for what counts as no day's digest.
ALTER TABLE deliveries ADD COLUMN local_date TEXT;
-- A local date has one digest, unless it failed.
CREATE UNIQUE INDEX deliveries_by_local_date ON deliveries (subscription_id, local_date)
  WHERE local_date IS NOT NULL AND state <> 'failed';

-- Whose event it was, so that what a channel had is found without walking what thousands of other channels had of the same event.
ALTER TABLE delivered_events ADD COLUMN subscription_id TEXT NOT NULL DEFAULT '';
UPDATE delivered_events SET subscription_id =
  ifnull((SELECT d.subscription_id FROM deliveries AS d WHERE d.number = delivery_number), '');
CREATE INDEX delivered_events_by_subscription ON delivered_events (subscription_id, event_id);
