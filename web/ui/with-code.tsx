/** A sentence of the server in which `code` stands between backticks, as in markdown. */
import type { JSX } from 'preact';

export function WithCode({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split(/`([^`]+)`/);
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}
