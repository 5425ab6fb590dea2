/** Untrusted text made safe to show: nothing in it can move a cursor, forge a colour or reorder what stands beside it. */
// C0 and C1 controls could move the cursor or forge colours; bidi controls could reorder what stands beside them;
// line and paragraph separators could break a line where none was meant.
const UNSAFE = /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/gu;

/** One line of untrusted text without control characters. */
export function safeLine(text: string): string {
  return text.replace(UNSAFE, ' ');
}

/** Untrusted text without control characters but its own newlines. */
export function safeText(text: string): string {
  return text.split('\n').map(safeLine).join('\n');
}
