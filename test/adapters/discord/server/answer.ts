/** What a person got for what they did. */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { CHOICES, DEFERRED_MESSAGE, MODAL } from './interaction-routes.ts';
import { checkModal, type Modal } from './modal-limits.ts';
import { shownMessage } from './shown.ts';
import type { Acknowledgement, Interaction, Message } from './state.ts';
import { until } from './waiting.ts';

/** Nothing more is expected after this long without a request. */
const QUIET = 30;

const choices = z.object({
  choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })),
});

export interface Answer {
  /** How it was acknowledged: type, flags and delay. */
  readonly first: Acknowledgement;
  /** Messages that the person alone sees. */
  readonly private: readonly Message[];
  /** Messages that the whole channel sees. */
  readonly public: readonly Message[];
  /** All messages as text. */
  readonly text: string;
  /** The form that opened. Throws where none did. */
  modal(): Modal;
  /** What completion offered. */
  choices(): readonly { readonly name: string; readonly value: string | number }[];
}

/** Waits for the acknowledgement and all that follows it. */
export async function answerOf(interaction: Interaction, isBusy: () => boolean): Promise<Answer> {
  await until(() => interaction.acknowledgement !== undefined, 'an acknowledgement');
  const first = interaction.acknowledgement as Acknowledgement;
  if (first.type !== CHOICES && first.type !== MODAL) {
    if (first.type === DEFERRED_MESSAGE) await until(() => interaction.original?.isLoading === false, 'an answer');
    await quiet(interaction, isBusy);
  }
  const shown = interaction.messages.filter((message) => message.channel.messages.includes(message));
  return {
    first,
    private: shown.filter(({ ephemeralFor }) => ephemeralFor !== undefined),
    public: shown.filter(({ ephemeralFor }) => ephemeralFor === undefined),
    text: shown.map(shownMessage).join('\n'),
    modal() {
      if (first.type !== MODAL) throw new Error(`no form opened: ${shown.map(shownMessage).join('\n')}`);
      return checkModal(first.data);
    },
    choices: () => choices.parse(first.data).choices,
  };
}

async function quiet({ messages }: Interaction, isBusy: () => boolean): Promise<void> {
  for (let still = 0, known = messages.length; still < QUIET; still += 5) {
    await setTimeout(5);
    if (isBusy() || messages.length !== known) still = 0;
    known = messages.length;
  }
}
