import { checkView } from '../payload-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Json, SlackView } from '../state.ts';
import { type Caller, type Methods, stringOf } from './caller.ts';

const TRIGGER_LIFE = 3000;

function open(args: Json, { state, team }: Caller): Json {
  const trigger = state.triggers.get(stringOf(args, 'trigger_id'));
  if (trigger === undefined || trigger.teamId !== team.id) throw new Refusal('invalid_trigger_id');
  if (trigger.isUsed) throw new Refusal('exchanged_trigger_id');
  if (Date.now() - trigger.madeAt > TRIGGER_LIFE) throw new Refusal('expired_trigger_id');
  const view = checkView(args.view, 'modal');
  trigger.isUsed = true;
  const opened: SlackView = {
    id: state.newId('V'),
    teamId: team.id,
    userId: trigger.userId,
    hash: state.newId('h'),
    view,
  };
  team.views.set(opened.id, opened);
  state.changed();
  return { view: { ...view, id: opened.id, hash: opened.hash } };
}

function update(args: Json, { state, team }: Caller): Json {
  const known = team.views.get(stringOf(args, 'view_id'));
  if (known === undefined) throw new Refusal('not_found');
  if (args.hash !== undefined && args.hash !== known.hash) throw new Refusal('hash_conflict');
  known.view = checkView(args.view, 'modal');
  known.hash = state.newId('h');
  state.changed();
  return { view: { ...known.view, id: known.id, hash: known.hash } };
}

export const VIEWS: Methods = {
  'views.open': { run: open },
  'views.update': { run: update },
  'views.publish': {
    run(args, { state, team }) {
      const user = stringOf(args, 'user_id');
      if (!team.users.has(user)) throw new Refusal('user_not_found');
      team.homes.set(user, checkView(args.view, 'home'));
      state.changed();
      return { view: { id: state.newId('V') } };
    },
  },
};
