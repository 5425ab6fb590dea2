import type { Database } from 'better-sqlite3';
import type { CorrectedItem, Correction, CorrectionState, Judgement } from '../../src/model.ts';
import type { CorrectionStore, Decision } from '../../src/ports.ts';
import { changeReader, recordChanges } from './changes.ts';
import { inForce } from './corrections-in-force.ts';
import { LISTED, READ_COLUMNS, type ReadRow, toReadItem } from './reading.ts';
import { fromJson } from './rows.ts';
import { quotesFit } from './tagging.ts';

interface CorrectionRow {
  number: number;
  item_number: number;
  item_id: string;
  title: string;
  state: CorrectionState;
  former: string;
  judged: string;
  words: string | null;
  note: string | null;
  replaces: number | null;
  proposed_by: string;
  proposed_at: string;
  decided_by: string | null;
  decided_at: string | null;
}

const COLUMNS = `k.number, k.item_number, i.id AS item_id, i.title, k.state, k.former, k.judged, k.words, k.note, k.replaces,
  k.proposed_by, k.proposed_at, k.decided_by, k.decided_at`;
const CORRECTIONS = `SELECT ${COLUMNS} FROM corrections AS k CROSS JOIN items AS i ON i.number = k.item_number`;

/** Corrections of tags: proposed, decided, and what is in force. */
export function corrections(database: Database): CorrectionStore {
  const byNumber = database.prepare<[number, string], CorrectionRow>(
    `${CORRECTIONS} WHERE k.number = ? AND k.workspace_id = ?`,
  );
  const open = database.prepare<[string, number], CorrectionRow>(
    `${CORRECTIONS} WHERE k.workspace_id = ? AND k.state = 'proposed' ORDER BY k.number DESC LIMIT ?`,
  );
  const decided = database.prepare<[string, number], CorrectionRow>(
    `${CORRECTIONS} WHERE k.workspace_id = ? AND k.state <> 'proposed' ORDER BY k.decided_at DESC, k.number DESC LIMIT ?`,
  );
  const confirmed = database.prepare<[{ workspaceId: string }], CorrectionRow & ReadRow>(
    `SELECT ${READ_COLUMNS}, ${COLUMNS} FROM corrections AS k CROSS JOIN items AS i ON i.number = k.item_number ${LISTED}
     WHERE k.workspace_id = @workspaceId AND k.state = 'confirmed' ORDER BY k.number`,
  );
  const workspaces = database
    .prepare<[], string>(
      "SELECT DISTINCT workspace_id FROM corrections WHERE state = 'confirmed' ORDER BY workspace_id",
    )
    .pluck();
  const find = (workspaceId: string, number: number) => {
    const row = byNumber.get(number, workspaceId);
    return row === undefined ? undefined : toCorrection(row);
  };
  const propose = proposing(database);
  const decide = deciding(database, (workspaceId, number) => byNumber.get(number, workspaceId));
  const steps = changeReader(database, 'corrections');
  return {
    async proposeCorrection(workspaceId, draft, at) {
      const found = find(workspaceId, propose(workspaceId, draft, at));
      if (found === undefined) throw new Error('a correction that was just proposed is not there');
      return found;
    },
    async decideCorrection(workspaceId, number, decision, actor, at) {
      return decide(workspaceId, number, decision, actor, at) ? find(workspaceId, number) : undefined;
    },
    async findCorrection(workspaceId, number) {
      return find(workspaceId, number);
    },
    async corrections(workspaceId, which, limit) {
      return (which === 'open' ? open : decided).all(workspaceId, limit).map(toCorrection);
    },
    async correctedItems(workspaceId): Promise<CorrectedItem[]> {
      return confirmed.all({ workspaceId }).map((row) => ({ correction: toCorrection(row), read: toReadItem(row) }));
    },
    async correctedWorkspaces() {
      return workspaces.all();
    },
    async correctionHistory(workspaceId, limit) {
      return steps(workspaceId, limit);
    },
  };
}

type Propose = (...values: Parameters<CorrectionStore['proposeCorrection']>) => number;

/** Returns a function that keeps a proposal and gives back its number. */
function proposing(database: Database): Propose {
  const target = database.prepare<[string, string], { number: number; title: string; summary: string }>(
    `SELECT i.number, i.title, i.summary FROM items AS i
     WHERE i.id = ? AND i.feed_id IN (SELECT feed_id FROM feed_listings WHERE workspace_id = ?)`,
  );
  const insert = database.prepare(
    `INSERT INTO corrections (workspace_id, item_number, state, relevant, proposed_by, proposed_at, words, note, former, judged)
     VALUES (?, ?, 'proposed', ?, ?, ?, ?, ?, ?, ?)`,
  );
  const note = recordChanges(database);
  const propose = database.transaction<Propose>((workspaceId, draft, at) => {
    const { itemId, former, judged, words = null, note: remark = null, proposedBy } = draft;
    const item = target.get(itemId, workspaceId);
    if (item === undefined) throw new Error(`${workspaceId} lists no item ${itemId} to correct`);
    if (!quotesFit(item, judged)) throw new Error(`A quote of the correction is not in the stored text of ${itemId}`);
    const [before, after] = [JSON.stringify(former), JSON.stringify(judged)];
    const facts = [workspaceId, item.number, Number(judged.relevant), proposedBy, at, words, remark, before, after];
    const number = Number(insert.run(...facts).lastInsertRowid);
    const subject = `#${number} ${itemId}`;
    note({ workspaceId, at, actor: proposedBy, action: 'propose correction', subject, before, after });
    return number;
  });
  return propose.immediate;
}

/** Which states a decision is made in, and what it makes of them. */
const ALLOWED: Readonly<Record<Decision, Partial<Record<CorrectionState, CorrectionState>>>> = {
  confirm: { proposed: 'confirmed' },
  refuse: { proposed: 'refused' },
  undo: { confirmed: 'undone', refused: 'proposed' },
};

type Decide = (...values: Parameters<CorrectionStore['decideCorrection']>) => boolean;

/** Returns a function that decides on a correction; false where its state does not allow it. */
function deciding(
  database: Database,
  find: (workspaceId: string, number: number) => CorrectionRow | undefined,
): Decide {
  const current = database
    .prepare<[string, number], number>(
      "SELECT number FROM corrections WHERE workspace_id = ? AND item_number = ? AND state = 'confirmed'",
    )
    .pluck();
  const refuse = database.prepare<[string, string, number]>(
    "UPDATE corrections SET state = 'refused', decided_by = ?, decided_at = ? WHERE number = ?",
  );
  const reopen = database.prepare<[number]>(
    "UPDATE corrections SET state = 'proposed', decided_by = NULL, decided_at = NULL WHERE number = ?",
  );
  const force = inForce(database);
  const note = recordChanges(database);
  const decide = database.transaction<Decide>((workspaceId, number, decision, actor, at) => {
    const row = find(workspaceId, number);
    const state = row && ALLOWED[decision][row.state];
    if (row === undefined || state === undefined) return false;
    if (state === 'confirmed') force.enter(number, current.get(workspaceId, row.item_number), actor, at);
    else if (state === 'undone') force.leave(number, row.replaces, actor, at);
    else if (state === 'refused') refuse.run(actor, at, number);
    else reopen.run(number);
    const subject = `#${number} ${row.item_id}`;
    const [before, after] = [JSON.stringify({ state: row.state }), JSON.stringify({ state })];
    note({ workspaceId, at, actor, action: `${decision} correction`, subject, before, after });
    return true;
  });
  return decide.immediate;
}

function toCorrection(row: CorrectionRow): Correction {
  return {
    number: row.number,
    itemId: row.item_id,
    title: row.title,
    state: row.state,
    former: fromJson<Judgement>(row.former),
    judged: fromJson<Judgement>(row.judged),
    ...(row.words !== null && { words: row.words }),
    ...(row.note !== null && { note: row.note }),
    ...(row.replaces !== null && { replaces: row.replaces }),
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.decided_at !== null && { decidedAt: row.decided_at }),
  };
}
