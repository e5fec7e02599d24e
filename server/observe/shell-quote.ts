/** Words for a shell line. Pure. */

/** The text as one word of bash, whatever it holds. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`).replaceAll('\0', '')}'`;
}
