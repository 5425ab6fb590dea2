import { adapterContract } from '../../contracts/adapter.ts';
import { coreChannel, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';

adapterContract('discord', async () => {
  const { adapter, server, general, close } = await openBot({ isStarted: false });
  return {
    adapter,
    channel: coreChannel(general),
    shown: () => shownChannel(general),
    revises: true,
    breakPlatform: () => server.faults.plan('POST /channels/*/messages', { kind: 'cut before work' }, 1_000),
    close,
  };
});
