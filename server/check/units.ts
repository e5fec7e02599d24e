/** Numbers with units as authors write them: `64kb`, `20ms`, `10mbit`, `1%`. Pure. */

export type Unit = 'none' | 'bytes' | 'ms' | 'bitsPerSecond' | 'percent';

// Sizes count in 1000s as link rates and packet sizes do; the kib forms count in 1024s.
const FACTORS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  none: { '': 1 },
  bytes: { '': 1, b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 },
  ms: { '': 1, us: 1e-3, ms: 1, s: 1e3, m: 6e4, min: 6e4, h: 3.6e6 },
  bitsPerSecond: { '': 1, bit: 1, bps: 8, kbit: 1e3, mbit: 1e6, gbit: 1e9, kbps: 8e3, mbps: 8e6, gbps: 8e9 },
  percent: { '': 1, '%': 1 },
};

const EXAMPLES: Readonly<Record<Unit, string>> = {
  none: 'a number such as 3',
  bytes: 'a number or a size such as 1400 or 64kb',
  ms: 'a time such as 20ms or 1.5s',
  bitsPerSecond: 'a rate such as 10mbit',
  percent: 'a percentage such as 1%',
};

/** The value in the unit's base (bytes, milliseconds, bits per second, percent); null when the text is no such value. */
export function parseQuantity(text: string, unit: Unit): number | null {
  const match = /^\s*(-?\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z%]*)\s*$/i.exec(text);
  if (!match) return null;
  const factor = FACTORS[unit][(match[2] ?? '').toLowerCase()];
  return factor === undefined ? null : Number(match[1]) * factor;
}

/** What an author may write, for error messages: "a time such as 20ms or 1.5s". */
export function exampleOf(unit: Unit): string {
  return EXAMPLES[unit];
}

/** A value in base units as people read it: `20 ms`, `10 mbit`, `1 %`, `1400`. */
export function formatQuantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'none':
    case 'bytes':
      return String(value);
    case 'ms':
      return `${round(value)} ms`;
    case 'percent':
      return `${round(value)} %`;
    case 'bitsPerSecond':
      for (const [size, name] of [
        [1e9, 'gbit'],
        [1e6, 'mbit'],
        [1e3, 'kbit'],
      ] as const) {
        if (value >= size) return `${round(value / size)} ${name}`;
      }
      return `${round(value)} bit`;
  }
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
