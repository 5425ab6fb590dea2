import { Refusal } from '../refusal.ts';
import { type Methods, stringOf, writableChannel } from './caller.ts';

function readList(value: unknown): readonly { readonly id: string }[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}

export const FILES: Methods = {
  'files.getUploadURLExternal': {
    scope: 'files:write',
    run(args, { state, team, base }) {
      if (!(Number(args.length) > 0)) throw new Refusal('invalid_arguments');
      const id = state.newId('F');
      team.files.set(id, { id, name: stringOf(args, 'filename'), content: '', isComplete: false });
      return { upload_url: `${base}/upload/${team.id}/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    scope: 'files:write',
    run(args, caller) {
      const { state, team } = caller;
      const channel = args.channel_id === undefined ? undefined : writableChannel(caller, String(args.channel_id));
      const files = readList(args.files).map(({ id }) => {
        const file = team.files.get(id);
        if (file === undefined || file.content === '') throw new Refusal('file_not_found');
        file.isComplete = true;
        return file;
      });
      channel?.messages.push({
        ts: state.newTs(),
        user: team.botUserId,
        text: String(args.initial_comment ?? ''),
        blocks: [],
        files: files.map(({ id }) => id),
        unfurls: false,
      });
      return { files: files.map(({ id, name }) => ({ id, name })) };
    },
  },
};
