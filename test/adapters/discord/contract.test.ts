import { adapterContract } from '../../contracts/adapter.ts';
import { coreChannel, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';

adapterContract('discord', async () => {
  const opened = await openBot({ isStarted: false });
  const { adapter, server, general, close } = opened;
  return {
    adapter,
    channel: coreChannel(general),
    shown: () => shownChannel(general),
    revises: true,
    breakPlatform: () => server.faults.plan('POST /channels/*/messages', { kind: 'cut before work' }, 1_000),
    restart: async () => {
      await opened.restart();
      return opened.adapter;
    },
    close,
  };
});
