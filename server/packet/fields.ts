/** Every field the decoder knows: its name, its type, and whether it can be filtered exactly. Names and types are tshark 4.0's. */
import { APPLICATION_FIELDS } from './tables/application.ts';
import { INTERNET_FIELDS } from './tables/internet.ts';
import { LINK_FIELDS } from './tables/link.ts';
import { TRANSPORT_FIELDS } from './tables/transport.ts';

/**
 * `protocol` opens a layer; `item` is a part with a name of its own inside one (tshark calls it a protocol too); `none` only exists.
 * `u` prints decimal, `x` hexadecimal with all digits of its bits; `bool` prints 0 or 1; `time` is seconds since the epoch.
 */
export type FieldType =
  | 'protocol'
  | 'item'
  | 'none'
  | 'bool'
  | 'u8'
  | 'u16'
  | 'u24'
  | 'u32'
  | 'u64'
  | 'i32'
  | 'x8'
  | 'x16'
  | 'x24'
  | 'x32'
  | 'ipv4'
  | 'ipv6'
  | 'ether'
  | 'bytes'
  | 'time'
  | 'string';

export interface FieldDefinition {
  readonly id: number;
  readonly name: string;
  readonly type: FieldType;
  /** False: tshark shows it in more or fewer cases than one frame alone can tell. */
  readonly isExact: boolean;
}

export const FIELDS: readonly FieldDefinition[] = [LINK_FIELDS, INTERNET_FIELDS, TRANSPORT_FIELDS, APPLICATION_FIELDS]
  .flatMap((table) => table.trim().split('\n'))
  .map((line, id) => {
    const [name = '', type = ''] = line.split(' ');
    return { id, name, type: type.replace('~', '') as FieldType, isExact: !type.startsWith('~') };
  });

const IDS: ReadonlyMap<string, number> = new Map(FIELDS.map((field) => [field.name, field.id]));

/** Names that stand for several fields; tshark keeps them as hidden copies. */
const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ['eth.addr', ['eth.dst', 'eth.src']],
  ['eth.lg', ['eth.dst.lg', 'eth.src.lg']],
  ['eth.ig', ['eth.dst.ig', 'eth.src.ig']],
  ['ip.addr', ['ip.src', 'ip.dst']],
  ['ipv6.addr', ['ipv6.src', 'ipv6.dst']],
  ['ip.version', ['ip.version', 'ipv6.version']],
  ['tcp.port', ['tcp.srcport', 'tcp.dstport']],
  ['udp.port', ['udp.srcport', 'udp.dstport']],
]);

/** The id of a field that the table holds; a name it lacks is a fault of the program. */
export function fieldId(name: string): number {
  const id = IDS.get(name);
  if (id === undefined) throw new Error(`The tables have no field "${name}".`);
  return id;
}

/** The fields a name in a filter stands for; empty when it is unknown. */
export function fieldsNamed(name: string): readonly FieldDefinition[] {
  return (ALIASES.get(name) ?? [name]).flatMap((each) => {
    const id = IDS.get(each);
    const field = id === undefined ? undefined : FIELDS[id];
    return field ? [field] : [];
  });
}
