/** Holds request bodies against Discord's own OpenAPI document, where DISCORD_OPENAPI names its file. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';

const media = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const operation = z.object({ requestBody: z.object({ content: media.default({}) }).optional() });
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** What is wrong with a body, in words; undefined when nothing is, or when the document says nothing of the route. */
export type BodyCheck = (method: string, path: string, body: unknown) => string | undefined;

/** Reads the document once; without the variable nothing is checked. */
export function openApiCheck(file = process.env.DISCORD_OPENAPI): BodyCheck {
  if (!file) return () => undefined;
  const { paths, components } = document.parse(JSON.parse(readFileSync(file, 'utf8')));
  // The document types these permissions as integer; the prose and discord.js use decimal strings, and both are taken.
  const schemas = JSON.parse(
    JSON.stringify(components.schemas).replaceAll(
      '"default_member_permissions":{"type":["integer","null"]',
      '"default_member_permissions":{"type":["integer","null","string"]',
    ),
  );
  // Its formats are annotations (int32, snowflake, nonce), so they are not asserted.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'discord', components: { schemas } });
  const compiled = new Map<string, ValidateFunction | undefined>();

  const validatorOf = (method: string, path: string): ValidateFunction | undefined => {
    const template = templateOf(Object.keys(paths), path);
    const key = `${method} ${template}`;
    if (compiled.has(key)) return compiled.get(key);
    const found = operation.safeParse(template === undefined ? undefined : paths[template]?.[method.toLowerCase()]);
    const schema = found.data?.requestBody?.content['application/json']?.schema;
    const text = schema && JSON.stringify(schema).replaceAll('"#/components/', '"discord#/components/');
    const validator = text === undefined ? undefined : ajv.compile(JSON.parse(text));
    compiled.set(key, validator);
    return validator;
  };

  return (method, path, body) => {
    const validator = validatorOf(method, path);
    if (validator === undefined || validator(body)) return undefined;
    const words = validator.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? [];
    return `${method} ${path}: ${words.slice(0, 12).join('; ')}`;
  };
}

/** The template that fits a path with the fewest variable segments. */
function templateOf(templates: readonly string[], path: string): string | undefined {
  const segments = path.split('/');
  const fitting = templates.filter((template) => {
    const parts = template.split('/');
    return parts.length === segments.length && parts.every((part, at) => part.startsWith('{') || part === segments[at]);
  });
  return fitting.sort((one, other) => one.split('{').length - other.split('{').length)[0];
}
