// Types into a field as a keyboard does: at the cursor, over what is selected, no further than the field is long.

/** A field that the on-screen keyboard types into. */
export type TypedField = HTMLInputElement | HTMLTextAreaElement;

const TYPED_KINDS: readonly string[] = ["text", "password", "search", "tel", "url", "email"];
const FIGURE_MODES: readonly string[] = ["numeric", "decimal"];

/** The field, if text is typed into it. One that has keys of its own beside it is marked by `data-own-keys`. */
export function typedField(target: EventTarget | null): TypedField | null {
  if (target instanceof HTMLTextAreaElement) return target.disabled ? null : target;
  if (!(target instanceof HTMLInputElement) || !TYPED_KINDS.includes(target.type)) return null;
  return target.disabled || target.readOnly || "ownKeys" in target.dataset ? null : target;
}

/** Whether the field takes figures alone: a PIN, a barcode, an amount. */
export function takesFigures(field: TypedField): boolean {
  return FIGURE_MODES.includes(field.inputMode);
}

/** Whether the field takes a decimal sign as well. */
export function takesDecimals(field: TypedField): boolean {
  return field.inputMode === "decimal";
}

export function typeText(field: TypedField, text: string): void {
  const [start, end] = selection(field);
  const length = field.value.length - (end - start) + text.length;
  if (field.maxLength >= 0 && length > field.maxLength) return;
  replace(field, text, start, end, "insertText");
}

/** Deletes what is selected, or the letter before the cursor. */
export function deleteBackwards(field: TypedField): void {
  const [start, end] = selection(field);
  if (start !== end) return replace(field, "", start, end, "deleteContentBackward");
  const last = [...new Intl.Segmenter().segment(field.value.slice(0, start))].at(-1);
  if (last !== undefined) replace(field, "", last.index, start, "deleteContentBackward");
}

const sent = new WeakSet<Event>();

/** Whether the on-screen keyboard sent this key, and no finger pressed a real one. */
export function isSentByScreen(event: Event): boolean {
  return sent.has(event);
}

/** A new line in a field of several; else what the Enter key does there: whoever listens, or the field's form. */
export function pressEnter(field: TypedField): void {
  const key = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
  const down = new KeyboardEvent("keydown", key);
  sent.add(down);
  if (!field.dispatchEvent(down)) return;
  if (field instanceof HTMLTextAreaElement) typeText(field, "\n");
  else field.form?.requestSubmit();
}

function selection(field: TypedField): [number, number] {
  const end = field.value.length;
  return [field.selectionStart ?? end, field.selectionEnd ?? end];
}

function replace(field: TypedField, text: string, start: number, end: number, kind: string): void {
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: kind, data: text }));
}
