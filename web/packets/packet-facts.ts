/** The few fields of a packet that tell which others it belongs to. Pure. */
import type { Decoded, Layer } from '../../server/packet/decode.ts';

type Value = number | string | undefined;

/** The outermost headers, and of an ICMP error the ones it quotes. */
export class PacketFacts {
  readonly #decoded: Decoded;
  readonly #own: readonly Layer[];

  constructor(decoded: Decoded) {
    this.#decoded = decoded;
    const { layers } = decoded;
    const at = layers.findIndex(({ protocol }) => protocol === 'icmp' || protocol === 'icmpv6');
    this.#own = at < 0 ? layers : layers.slice(0, at + 1);
  }

  has(protocol: string): boolean {
    return this.#own.some((layer) => layer.protocol === protocol);
  }

  text(name: string): string {
    const value = valueOf(this.#own, name);
    return value === undefined ? '' : String(value);
  }

  /** NaN where the packet has no such field. */
  number(name: string): number {
    const value = valueOf(this.#own, name);
    return value === undefined ? Number.NaN : Number(value);
  }

  /** `10.0.1.1 10.0.2.1`; empty where there is no IP header. */
  get way(): string {
    return wayOf(this.#own);
  }

  get wayBack(): string {
    return this.way.split(' ').toReversed().join(' ');
  }

  /** The IP packet that an ICMP error is about: its way, its identification and its protocol; null for anything else. */
  get quoted(): string | null {
    const at = this.#decoded.layers.findIndex(({ protocol }) => protocol === 'icmp');
    const inside = at < 0 ? [] : this.#decoded.layers.slice(at + 1);
    return inside.some(({ protocol }) => protocol === 'ip') ? ipKey(inside) : null;
  }

  /** The same of the packet itself; null where it has no IPv4 header. */
  get ipKey(): string | null {
    return this.has('ip') ? ipKey(this.#own) : null;
  }
}

function ipKey(layers: readonly Layer[]): string {
  return `${wayOf(layers)} ${valueOf(layers, 'ip.id')} ${valueOf(layers, 'ip.proto')}`;
}

function wayOf(layers: readonly Layer[]): string {
  const ip = layers.find(({ protocol }) => protocol === 'ip' || protocol === 'ipv6');
  if (!ip) return '';
  return `${valueOf([ip], `${ip.protocol}.src`)} ${valueOf([ip], `${ip.protocol}.dst`)}`;
}

function valueOf(layers: readonly Layer[], name: string): Value {
  for (const { fields } of layers) for (const field of fields) if (field.name === name) return field.value;
  return undefined;
}
