/** Rows as the program of each version wrote them, in SQL that names its columns, so that they fit every later version too. */
import { itemId, linkHash } from '../../../../store/sqlite/identity.ts';
import { taggedAs } from '../../../contracts/store/prepared.ts';

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

export const ITEM = {
  guid: 'https://un.example/one',
  url: 'https://un.example/one',
  title: 'Assembly adopts a resolution on AI',
  summary: 'The Assembly’s members adopted it without a vote.',
  publishedAt: '2026-03-01T07:00:00.000Z',
  categories: ['AI', 'Assembly'],
  language: 'en',
};
export const ITEM_ID = itemId('un', '//un.example/one');
export const TAGGED = taggedAs(ITEM.title);
/** Off topic, and by the newest version without its text. */
export const PLAIN = {
  ...ITEM,
  guid: 'https://un.example/two',
  url: 'https://un.example/two',
  title: 'On other things',
};
export const PLAIN_SUMMARY = 'Nothing of interest.';

function item(number: number, row: typeof ITEM, summary: string, rest: string): string {
  const id = itemId('un', row.guid.replace('https:', ''));
  return `INSERT INTO items (number, id, feed_id, occurred_at, fetched_at, published_at, backlog, link_hash, guid, url, language,
      categories, title, summary, relevant, tagged_at, event_id, tagged)
    VALUES (${number}, '${id}', 'un', '${row.publishedAt}', '2026-03-01T08:00:00.000Z', '${row.publishedAt}', 0,
      ${linkHash(row.url)}, '${row.guid}', '${row.url}', 'en', '${JSON.stringify(row.categories)}', ${text(row.title)},
      ${text(summary)}, ${rest});
    INSERT INTO items_text (rowid, title, summary) VALUES (${number}, ${text(row.title)}, ${text(summary)});`;
}

/** By the name of the migration that made room for them. */
export const ROWS: Readonly<Record<string, string>> = {
  '0001-start.sql': `
    INSERT INTO workspaces (id, adapter, name, time_zone, created_at)
      VALUES ('local', 'local', 'this machine', 'Europe/Brussels', '2026-02-01T08:00:00.000Z');
    INSERT INTO feeds (id, kind, url, broad, homepage, etag, last_modified, checked_at, succeeded_at, next_check_at)
      VALUES ('un', 'rss', 'https://un.example/feed', 0, 'https://un.example/', '"e1"', 'Sun, 01 Mar 2026 08:00:00 GMT',
        '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z', '2026-03-01T09:00:00.000Z'),
      ('eu', 'rss', 'https://eu.example/feed', 1, NULL, NULL, NULL, NULL, NULL, '2026-03-01T08:30:00.000Z');
    INSERT INTO feed_listings (workspace_id, feed_id, title, stream, added_by, added_at, paused_at)
      VALUES ('local', 'un', 'UN news', 'un', 'first run', '2026-02-01T08:00:00.000Z', NULL),
        ('local', 'eu', 'EU news', 'eu', 'local:ana', '2026-02-02T08:00:00.000Z', '2026-02-03T08:00:00.000Z');
    ${item(1, ITEM, ITEM.summary, `1, '2026-03-01T08:00:01.000Z', 'event-1', ${text(JSON.stringify(TAGGED))}`)}
    ${item(2, PLAIN, PLAIN_SUMMARY, `0, '2026-03-01T08:00:01.000Z', NULL, '{"relevant":false,"relevance":[],"taggings":[],"crisis":false,"method":"rules@1"}'`)}
    INSERT INTO taggings (barrier, occurred_at, item_number, direction, feed_id, event_id)
      VALUES ('pacing-gap', '${ITEM.publishedAt}', 1, 'deepens', 'un', 'event-1');
    INSERT INTO subscriptions (id, workspace_id, adapter, channel_id, barriers, streams, days, local_time, time_zone,
        next_digest_at, covered_until, paused_at, paused_until, created_by)
      VALUES ('local:terminal', 'local', 'local', 'terminal', '["pacing-gap"]', '["un"]', '["mon","fri"]', '08:30',
        'Europe/Brussels', '2026-03-06T07:30:00.000Z', '2026-03-02T07:30:00.000Z', '2026-03-02T09:00:00.000Z', NULL, 'local:ana');
    INSERT INTO deliveries (number, subscription_id, window_from, window_to, state, events, claimed_at, settled_at, message_ref, error)
      VALUES (1, 'local:terminal', '2026-02-27T07:30:00.000Z', '2026-03-01T07:30:00.000Z', 'sent', 1,
          '2026-03-01T07:30:00.000Z', '2026-03-01T07:30:01.000Z', 'm1', NULL),
        (2, 'local:terminal', '2026-03-01T07:30:00.000Z', '2026-03-02T07:30:00.000Z', 'failed', 1,
          '2026-03-02T07:30:00.000Z', '2026-03-02T07:30:01.000Z', NULL, 'the channel is archived');
    INSERT INTO delivered_events (delivery_number, position, event_id) VALUES (1, 0, 'event-0'), (2, 0, 'event-1');
    INSERT INTO changes (number, workspace_id, at, actor, action, subject, before, after, undone_by)
      VALUES (1, 'local', '2026-02-02T08:00:00.000Z', 'local:ana', 'add', 'eu', NULL, '{"id":"eu"}', NULL),
        (2, 'local', '2026-02-03T08:00:00.000Z', 'local:ana', 'pause', 'eu', NULL, NULL, '3');`,
  '0002-platforms.sql': `
    UPDATE subscriptions SET suspended_at = '2026-03-02T10:00:00.000Z', suspended_reason = 'the bot was removed';
    INSERT INTO claimed_keys (workspace_id, key, expires_at) VALUES ('local', 'welcome', NULL);
    INSERT INTO command_lines (workspace_id, id, line) VALUES ('local', 'abc', '/barrier search a long line');`,
  '0003-politeness.sql': `
    UPDATE feeds SET body_hash = 'f00d', document_at = '2026-03-01T08:00:00.000Z',
      hints = '{"ttl":60,"hub":"https://hub.example/"}', rhythm = '{"since":"2026-02-01T08:00:00.000Z","entries":20,"burst":3600000}'
      WHERE id = 'un';
    INSERT INTO pushes (feed_id, hub, topic, token, secret, state, tries, next_try_at, expires_at)
      VALUES ('un', 'https://hub.example/', 'https://un.example/feed', 'token', 'secret', 'active', 0,
        '2026-03-05T08:00:00.000Z', '2026-03-06T08:00:00.000Z');`,
  '0004-feed-health.sql': `
    UPDATE feeds SET identity = 'guid' WHERE id = 'un';
    UPDATE feeds SET failure = 'gone', failing_since = '2026-02-03T08:00:00.000Z', gone_at = '2026-02-03T08:00:00.000Z',
      error_count = 4, last_error = 'answered 410', moved_to = 'https://new.example/', moved_days = 2, moved_on = '2026-02-03'
      WHERE id = 'eu';
    UPDATE feed_listings SET filter = '{"include":["ai act"],"exclude":[]}' WHERE feed_id = 'eu';
    INSERT INTO list_filters (workspace_id, scope, filter) VALUES ('local', 'all', '{"include":[],"exclude":["vacanc*"]}');
    UPDATE workspaces SET notices_channel = 'terminal';
    INSERT INTO floods (number, feed_id, at, items, window) VALUES (1, 'un', '2026-03-01T08:00:00.000Z', 6, 10);
    INSERT INTO flood_items (item_number, flood_number) VALUES (2, 1);
    INSERT INTO flood_decisions (workspace_id, flood_number, decision, at)
      VALUES ('local', 1, 'dismissed', '2026-03-01T09:00:00.000Z');
    INSERT INTO notices (workspace_id, feed_id, kind, key, state, at, next_try_at)
      VALUES ('local', 'eu', 'gone', '2026-02-03T08:00:00.000Z', 'told', '2026-02-03T08:01:00.000Z', NULL);`,
  '0005-reader-memory.sql': `UPDATE feeds SET memory = '["seen"]' WHERE id = 'un';`,
  '0006-people.sql': `INSERT INTO people (workspace_id, id, name) VALUES ('local', 'local:ana', 'Ana');`,
  '0010-schedule.sql': `
    UPDATE delivered_events SET subscription_id = 'local:terminal';
    UPDATE deliveries SET local_date = '2026-03-01' WHERE number = 1;
    UPDATE subscriptions SET sent_date = '2026-03-01', planned_at = '2026-03-02T07:30:00.000Z', minimum_confidence = 0.5,
      length = 'short', instant = '{"crisis":true,"barriers":[],"since":"2026-03-01T08:00:00.000Z"}';`,
  '0011-ledger.sql': `UPDATE deliveries SET attempts = 5 WHERE number = 2;`,
  '0012-keeping.sql': `
    INSERT INTO items_text (items_text, rowid, title, summary)
      SELECT 'delete', number, title, summary FROM items WHERE number = 2;
    UPDATE items SET summary = '' WHERE number = 2;
    INSERT INTO items_text (rowid, title, summary) SELECT number, title, summary FROM items WHERE number = 2;
    INSERT INTO forgotten_texts (item_number, hash) VALUES (2, '0123456789abcdef');
    UPDATE keeping SET next_backup_at = '2026-03-03T08:00:00.000Z', backup_at = '2026-03-02T08:00:00.000Z';`,
};

/** `table.column` whose rows a later migration rewrites on purpose, with the reason beside it. */
export const REWRITTEN: ReadonlySet<string> = new Set<string>();
