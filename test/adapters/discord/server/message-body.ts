/** The shape of a message body, as far as this server looks at it. */
import { z } from 'zod';

const embed = z.object({
  title: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string().nullish(),
  color: z.number().nullish(),
  timestamp: z.string().nullish(),
  footer: z.object({ text: z.string() }).nullish(),
  author: z.object({ name: z.string(), url: z.string().nullish() }).nullish(),
  image: z.object({ url: z.string() }).nullish(),
  fields: z.array(z.object({ name: z.string(), value: z.string(), inline: z.boolean().optional() })).nullish(),
});
export type Embed = z.output<typeof embed>;

const option = z.object({
  label: z.string(),
  value: z.string(),
  description: z.string().nullish(),
  default: z.boolean().nullish(),
});

const base = z.object({
  type: z.number(),
  custom_id: z.string().optional(),
  label: z.string().nullish(),
  style: z.number().optional(),
  url: z.string().optional(),
  placeholder: z.string().nullish(),
  description: z.string().nullish(),
  min_values: z.number().nullish(),
  max_values: z.number().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
  required: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  value: z.string().nullish(),
  options: z.array(option).optional(),
});

export interface Component extends z.output<typeof base> {
  readonly components?: Component[] | undefined;
  readonly component?: Component | undefined;
}

/** Any component with what it holds. */
export const component: z.ZodType<Component> = base.extend({
  get components() {
    return z.array(component).optional();
  },
  get component() {
    return component.optional();
  },
});

const allowedMentions = z.object({
  parse: z.array(z.enum(['everyone', 'users', 'roles'])).optional(),
  users: z.array(z.string()).optional(),
  roles: z.array(z.string()).optional(),
  replied_user: z.boolean().optional(),
});
export type AllowedMentions = z.output<typeof allowedMentions>;

export const messageBody = z.object({
  content: z.string().nullish(),
  embeds: z.array(embed).nullish(),
  components: z.array(component).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  flags: z.number().nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  attachments: z
    .array(
      z.object({
        id: z.union([z.string(), z.number()]),
        filename: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type MessageBody = z.output<typeof messageBody>;

/** Every button and menu, at whatever depth. */
export function controls(components: readonly Component[]): Component[] {
  return components.flatMap((each) => [
    ...(each.custom_id === undefined && each.url === undefined ? [] : [each]),
    ...controls(each.components ?? []),
    ...(each.component ? controls([each.component]) : []),
  ]);
}
