/** Text of writing systems that put no space between words. */

const WIDE = String.raw`\p{Script=Han}\u3000-\u303f\uff00-\uffef`;
/** A space between two of these comes from the end of a line in the file, never from the author. */
const GAP = new RegExp(`(?<=[${WIDE}])\\s+(?=[${WIDE}“‘])|(?<=[”’])\\s+(?=[${WIDE}])`, 'gu');

/** The text without the spaces that folded lines leave between Chinese characters. */
export function closeGaps(text: string): string {
  return text.replace(GAP, '');
}
