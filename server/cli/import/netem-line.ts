/** `tc qdisc add dev eth0 root netem delay 10ms loss 1%` → the impairment of what this end sends. */
import { impairSchema } from '../../course/schema/topology-schema.ts';

const KEYS = new Set(['delay', 'loss', 'duplicate', 'corrupt', 'reorder', 'rate', 'limit']);

/** Null for a line that is no netem, or says more than a link can (tc-netem(8): correlations, distributions, gaps). */
export function readNetem(words: readonly string[]): { device: string; impair: Record<string, string> } | null {
  const [tc, qdisc, verb, ...rest] = words;
  if (tc !== 'tc' || qdisc !== 'qdisc' || (verb !== 'add' && verb !== 'replace')) return null;
  const at = rest.indexOf('netem');
  const place = rest.slice(0, Math.max(0, at)).join(' ');
  const device = /^dev (\S+) root(?: handle \S+)?$/.exec(place)?.[1];
  if (device === undefined) return null;
  const impair: Record<string, string> = {};
  const options = rest.slice(at + 1);
  while (options.length > 0) {
    const key = options.shift() ?? '';
    if (options[0] === 'random') options.shift();
    const value = options.shift();
    if (!KEYS.has(key) || value === undefined) return null;
    impair[key] = /^[\d.]+$/.test(value) && key !== 'limit' && key !== 'delay' ? `${value}%` : value;
    if (key === 'delay' && /^\d/.test(options[0] ?? '')) impair['jitter'] = options.shift() ?? '';
    if (/^\d/.test(options[0] ?? '')) return null;
  }
  return impairSchema.safeParse(impair).success && Object.keys(impair).length > 0 ? { device, impair } : null;
}
