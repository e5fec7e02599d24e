/** Numbers of traffic as words and as speeds of the picture. Pure. */

/** `0.5`, `12`, `1.2k`, `34k`, `1.2M`: five characters at most. */
export function shortRate(perSecond: number): string {
  if (perSecond < 10) return String(Math.round(perSecond * 10) / 10);
  if (perSecond < 999.5) return String(Math.round(perSecond));
  if (perSecond < 9950) return `${(perSecond / 1000).toFixed(1)}k`;
  if (perSecond < 999_500) return `${Math.round(perSecond / 1000)}k`;
  return perSecond < 9_950_000 ? `${(perSecond / 1e6).toFixed(1)}M` : `${Math.round(perSecond / 1e6)}M`;
}

/** `84 B`, `1.2 kB`, `3.4 MB`: decimal, as networks are measured. */
export function bytes(count: number): string {
  if (count < 999.5) return `${Math.round(count)} B`;
  const [unit, size] = count < 999_500 ? ['kB', 1e3] : count < 999_500_000 ? ['MB', 1e6] : ['GB', 1e9];
  const value = count / size;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

export function whole(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** How busy a direction of a link looks; each step is about twenty times the one before. */
export type Pace = 'idle' | 'slow' | 'steady' | 'fast' | 'racing';

export function paceOf(packetsPerSecond: number): Pace {
  if (packetsPerSecond <= 0) return 'idle';
  if (packetsPerSecond < 5) return 'slow';
  if (packetsPerSecond < 100) return 'steady';
  return packetsPerSecond < 2000 ? 'fast' : 'racing';
}
