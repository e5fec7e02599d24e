/** The log: JSON lines for machines, short lines for a person at a terminal. */
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { z } from 'zod';

const Entry = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string(), stack: z.string().optional() }).optional(),
});

const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

/** One entry as a line: time, level, words, facts; the stack of an error below it. */
function toLine(json: string): string {
  const entry = Entry.safeParse(JSON.parse(json));
  if (!entry.success) return json;
  const { level, time, msg, err, ...facts } = entry.data;
  const clock = new Date(time).toTimeString().slice(0, 8);
  const rest = Object.entries(facts)
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
  const words = level === 30 ? '' : `${LEVELS[level] ?? level}: `;
  const failure =
    err && level >= 40 ? `\n  ${level >= 50 ? (err.stack ?? err.message).replaceAll('\n', '\n  ') : err.message}` : '';
  return `${clock} ${words}${msg ?? ''}${rest}${failure}\n`;
}

export function createLogger(level: string, output: DestinationStream, isTerminal: boolean): Logger {
  const destination = isTerminal ? { write: (json: string) => output.write(toLine(json)) } : output;
  return pino({ level, base: null }, destination);
}
