/** What Discord refuses of a modal (docs components/reference#label, interactions/receiving-and-responding). */
import { z } from 'zod';
import { createForm, type Form } from './form.ts';
import { type Component, component, controls } from './message-body.ts';
import { checkSelect } from './message-limits.ts';

const modalBody = z.object({ custom_id: z.string(), title: z.string(), components: z.array(component) });
export type Modal = z.output<typeof modalBody>;

const LABEL = 18;
const STRING_SELECT = 3;
const TEXT_INPUT = 4;

/** Throws a Refusal for a modal that Discord would not open. */
export function checkModal(data: unknown): Modal {
  const modal = modalBody.parse(data);
  const form = createForm();
  form.length(['data', 'title'], modal.title.trim(), 45, 1);
  form.length(['data', 'custom_id'], modal.custom_id, 100, 1);
  form.count(['data', 'components'], modal.components.length, 5, 1);
  modal.components.forEach((label, index) => {
    checkLabel(form, label, ['data', 'components', index]);
  });
  const ids = controls(modal.components).flatMap(({ custom_id }) => custom_id ?? []);
  if (new Set(ids).size !== ids.length)
    form.fault(['data', 'components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  form.check();
  return modal;
}

function checkLabel(form: Form, label: Component, path: readonly (string | number)[]): void {
  if (label.type !== LABEL || label.component === undefined) {
    form.fault(path, 'UNION_TYPE_CHOICES', 'Only labels with a component are taken here.');
    return;
  }
  const inner = [...path, 'component'];
  const { component: field } = label;
  form.length([...path, 'label'], label.label ?? '', 45, 1);
  form.length([...path, 'description'], label.description ?? undefined, 100);
  form.length([...inner, 'custom_id'], field.custom_id ?? '', 100, 1);
  if (field.type === TEXT_INPUT) checkTextInput(form, field, inner);
  else if (field.type === STRING_SELECT) {
    checkSelect(form, field, inner);
    if (field.disabled) form.fault([...inner, 'disabled'], 'BASE_TYPE_FORBIDDEN', 'Nothing is disabled in a modal.');
    if (field.required !== false && field.min_values === 0)
      form.fault([...inner, 'min_values'], 'NUMBER_TYPE_MIN', 'A required menu needs at least one value.');
  } else form.fault([...inner, 'type'], 'UNION_TYPE_CHOICES', 'Neither a text input nor a menu of text.');
}

function checkTextInput(form: Form, field: Component, path: readonly (string | number)[]): void {
  const most = field.max_length ?? 4000;
  form.length([...path, 'value'], field.value ?? undefined, most);
  form.length([...path, 'placeholder'], field.placeholder ?? undefined, 100);
  if (most < 1 || most > 4000) form.fault([...path, 'max_length'], 'NUMBER_TYPE_MAX', 'Must be between 1 and 4000.');
  if (field.style !== 1 && field.style !== 2) form.fault([...path, 'style'], 'ENUM_TYPE_COERCE', 'No such style.');
  if (field.label != null) form.fault([...path, 'label'], 'BASE_TYPE_FORBIDDEN', 'The label stands outside.');
}
