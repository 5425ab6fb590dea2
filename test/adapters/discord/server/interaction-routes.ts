/** Routes under an interaction's own token: the callback, its answer, and what follows (docs interactions/receiving-and-responding). */
import { z } from 'zod';
import { addMessage, fill, parseMessage } from './messages.ts';
import { checkModal } from './modal-limits.ts';
import { messageJson } from './payloads.ts';
import { Refusal, refuse } from './refusal.ts';
import type { Call, Routes } from './router.ts';
import type { Interaction, Message } from './state.ts';

const MESSAGE = 4;
export const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
export const CHOICES = 8;
export const MODAL = 9;

/** What an interaction of each type may be answered with. */
const ANSWERS: Readonly<Record<number, readonly number[]>> = {
  2: [MESSAGE, DEFERRED_MESSAGE, MODAL],
  3: [MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL],
  4: [CHOICES],
  5: [MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE],
};

const EPHEMERAL = 64;
const TO_ACKNOWLEDGE = 3000;
const TO_FOLLOW = 15 * 60_000;

const callback = z.object({ type: z.number(), data: z.record(z.string(), z.unknown()).optional() });
const choices = z.array(
  z.object({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) }),
);

export const INTERACTION_ROUTES: Routes = {
  'POST /interactions/*/*/callback': (call) => {
    const { state, parts, body, address } = call;
    const interaction = state.interactions.get(parts[0] ?? '');
    if (interaction === undefined || interaction.token !== parts[1]) throw refuse('unknownInteraction');
    if (interaction.acknowledgement) throw refuse('alreadyAcknowledged');
    const delay = state.now() - interaction.createdAt;
    if (delay > TO_ACKNOWLEDGE) throw refuse('unknownInteraction');
    const { type, data = {} } = callback.parse(body.json);
    if (!ANSWERS[interaction.type]?.includes(type))
      throw new Refusal(400, 50035, `Type ${type} does not answer an interaction of type ${interaction.type}`);
    answer(call, interaction, type, data);
    interaction.acknowledgement = { type, flags: Number(data.flags ?? 0), delay, data };
    if (call.query.get('with_response') !== 'true') return undefined;
    const message = interaction.original;
    return {
      interaction: { id: interaction.id, type: interaction.type, response_message_id: message?.id },
      ...(message ? { resource: { type, message: messageJson(message, address) } } : {}),
    };
  },
  'POST /webhooks/*/*': (call) => {
    const interaction = followed(call);
    const { state, body, address } = call;
    const draft = parseMessage(body, { isInteraction: true });
    const { original } = interaction;
    // The first message after a deferral takes the place of "thinking", and with it the flag of the deferral.
    if (original?.isLoading) {
      fill(state, original, draft, body.files);
      original.isEdited = true;
      return messageJson(original, address);
    }
    const { bot, channel } = interaction;
    return messageJson(addMessage(state, { channel, bot, body: draft, files: body.files, interaction }), address);
  },
  'GET /webhooks/*/*/messages/*': (call) => messageJson(messageOf(call, followed(call)), call.address),
  'PATCH /webhooks/*/*/messages/*': (call) => {
    const message = messageOf(call, followed(call));
    fill(
      call.state,
      message,
      parseMessage(call.body, { isEdit: !message.isLoading, isInteraction: true }),
      call.body.files,
    );
    message.isEdited = true;
    return messageJson(message, call.address);
  },
  'DELETE /webhooks/*/*/messages/*': (call) => {
    const message = messageOf(call, followed(call));
    message.channel.messages.splice(message.channel.messages.indexOf(message), 1);
    return undefined;
  },
};

function answer(call: Call, interaction: Interaction, type: number, data: Readonly<Record<string, unknown>>): void {
  const { state, body } = call;
  const { bot, channel, source } = interaction;
  const content = { json: data, files: body.files };
  switch (type) {
    case MESSAGE:
      interaction.original = addMessage(state, {
        channel,
        bot,
        body: parseMessage(content, { isInteraction: true }),
        files: body.files,
        interaction,
      });
      return;
    case DEFERRED_MESSAGE: {
      const flags = Number(data.flags ?? 0);
      if (flags & ~EPHEMERAL) throw new Refusal(400, 50035, 'Only EPHEMERAL may be set in a deferral');
      interaction.original = addMessage(state, {
        channel,
        bot,
        body: { flags },
        files: [],
        interaction,
        isLoading: true,
      });
      return;
    }
    case DEFERRED_UPDATE:
    case UPDATE:
      if (source === undefined) throw new Refusal(400, 50035, 'There is no message to update');
      interaction.original = source;
      if (type === UPDATE)
        fill(state, source, parseMessage(content, { isEdit: true, isInteraction: true }), body.files);
      return;
    case CHOICES:
      if (choices.max(25).safeParse(data.choices).success) return;
      throw new Refusal(400, 50035, 'Invalid Form Body', { data: { choices: { _errors: [] } } });
    default:
      checkModal(data);
  }
}

/** The interaction of a token that still lives and was acknowledged. */
function followed({ state, parts }: Call): Interaction {
  const [application, token] = parts;
  const interaction = [...state.interactions.values()].find((each) => each.token === token);
  if (interaction === undefined || interaction.bot.user.id !== application) throw refuse('unknownWebhook');
  if (state.now() - interaction.createdAt > TO_FOLLOW) throw refuse('invalidWebhookToken');
  if (interaction.acknowledgement === undefined) throw refuse('unknownWebhook');
  return interaction;
}

function messageOf({ parts }: Call, { original, messages }: Interaction): Message {
  const id = parts[2];
  const message = id === '@original' ? original : messages.find((each) => each.id === id);
  if (message === undefined || !message.channel.messages.includes(message)) throw refuse('unknownMessage');
  return message;
}
