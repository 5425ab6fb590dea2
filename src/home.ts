/** The page a member opens: what moved in the last day, pressure on each barrier, feed health for admins, and help. */
import { type Block, type Card, paragraph } from './card.ts';
import type { User } from './command.ts';
import { compose } from './digest.ts';
import { digestCard } from './digest-card.ts';
import { feedStates } from './feed-state.ts';
import { keptItems, listFilters } from './filter.ts';
import type { Instant, ListedFeed, Workspace } from './model.ts';
import type { Store } from './ports.ts';
import { movements, pressureWords, readMovements } from './pressure.ts';
import { BARRIERS } from './taxonomy/barriers.ts';
import { DAY, plus } from './time.ts';

const FAILING_SHOWN = 5;

/** Everything on it is of one workspace; only admins see how the feeds do. */
export async function homeCard(store: Store, workspace: Workspace, user: User, now: Instant): Promise<Card> {
  const { id, timeZone } = workspace;
  const window = { from: plus(now, -DAY), to: now };
  const [fresh, feeds, scoped, { now: recent, before }, isAdmin] = await Promise.all([
    store.newItems(id, window),
    store.listFeeds(id),
    store.filters(id),
    readMovements(store, id, now),
    user.isAdmin(),
  ]);
  const kept = keptItems(listFilters(feeds, scoped), fresh);
  const today = digestCard(compose({ barriers: [], streams: [] }, window, kept, feeds), timeZone, {
    more: '/barrier overview',
    failing: false,
  });
  const pressures = BARRIERS.map((barrier) => ({
    name: barrier.name,
    value: pressureWords(movements(recent, barrier.id), movements(before, barrier.id)),
  }));
  return {
    title: `The last day · ${workspace.name}`,
    tone: 'plain',
    public: false,
    timeZone,
    blocks: [
      ...today.blocks,
      { kind: 'heading', text: 'Pressure on each barrier', note: 'last 30 days' },
      { kind: 'fields', fields: pressures },
      ...(isAdmin ? healthBlocks(feeds) : []),
      { kind: 'heading', text: 'What you can type' },
      paragraph(
        '/barrier deadlock · /barrier search export controls · /digest last · /feeds list · /barrier help for all of it.',
      ),
      {
        kind: 'buttons',
        buttons: [
          { label: 'See the barriers', command: '/barrier overview' },
          { label: 'Help', command: '/barrier help' },
        ],
      },
    ],
  };
}

function healthBlocks(feeds: readonly ListedFeed[]): Block[] {
  const { read, active, failing } = feedStates(feeds);
  const named = failing.slice(0, FAILING_SHOWN).map((feed) => `${feed.title}: ${feed.lastError ?? 'not read'}`);
  const more = failing.length > FAILING_SHOWN ? [`and ${failing.length - FAILING_SHOWN} more: /feeds health`] : [];
  return [
    { kind: 'heading', text: 'Feed health', note: `${read.length} of ${active.length} read` },
    paragraph(failing.length > 0 ? [...named, ...more].join('\n') : 'No source fails.'),
    {
      kind: 'buttons',
      buttons: [
        { label: 'Add a feed', command: '/feeds add', action: 'form' },
        { label: 'Feed health', command: '/feeds health' },
      ],
    },
  ];
}
