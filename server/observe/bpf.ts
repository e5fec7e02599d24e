/**
 * Classic BPF programs as `tcpdump -ddd` prints them, run on frames. Pure.
 * Instructions and meanings: McCanne & Jacobson 1993, Linux Documentation/networking/filter.rst.
 */
import { VethlabError } from '../base/errors.ts';

/** Four numbers per instruction: code, jump if true, jump if false, k. */
export type BpfProgram = Uint32Array;

/** `tcpdump -ddd`: the number of instructions, then `code jt jf k` a line. Throws a VethlabError for anything else. */
export function parseBpf(text: string): BpfProgram {
  const numbers = text.trim().split(/\s+/).map(Number);
  const count = numbers[0] ?? Number.NaN;
  const program = Uint32Array.from(numbers.slice(1));
  const isWhole = count > 0 && program.length === count * 4 && numbers.every((number) => Number.isInteger(number));
  if (isWhole && Array.from({ length: count }, (_, at) => isSound(program, at, count)).every(Boolean)) return program;
  throw new VethlabError('unexpected', 'The compiled capture filter could not be read.', {
    details: { text: text.slice(0, 300) },
  });
}

// Forward jumps inside the program only: this is what makes every program end.
function isSound(program: BpfProgram, at: number, count: number): boolean {
  const [code = 0, whenTrue = 0, whenFalse = 0, k = 0] = program.subarray(at * 4, at * 4 + 4);
  const isReturn = (code & 7) === RET;
  if (at === count - 1) return isReturn;
  if ((code & 7) !== JMP) return true;
  return (code & 0xf0) === JA ? at + 1 + k < count : at + 1 + Math.max(whenTrue, whenFalse) < count;
}

// Classes (lowest three bits).
const LD = 0x00;
const LDX = 0x01;
const ST = 0x02;
const STX = 0x03;
const ALU = 0x04;
const JMP = 0x05;
const RET = 0x06;
// Modes of a load.
const IMM = 0x00;
const ABS = 0x20;
const IND = 0x40;
const MEM = 0x60;
const LEN = 0x80;
const MSH = 0xa0;
const JA = 0x00;
/** Source operand is X instead of k; for RET, the value is A. */
const FROM_X = 0x08;
const RETURN_A = 0x10;

/**
 * Whether the program accepts the frame. A load past the end of the kept bytes refuses it, as in the kernel.
 * @param length bytes on the wire; the frame itself may be cut.
 */
export function runBpf(program: BpfProgram, frame: Uint8Array, length = frame.length): boolean {
  const scratch = new Uint32Array(16);
  let a = 0;
  let x = 0;
  for (let at = 0; at < program.length; at += 4) {
    const code = program[at] ?? 0;
    const k = program[at + 3] ?? 0;
    switch (code & 7) {
      case LD:
      case LDX: {
        const value = load(code, k, x, frame, length, scratch);
        if (value < 0) return false;
        if ((code & 7) === LD) a = value;
        else x = value;
        break;
      }
      case ST:
        scratch[k & 15] = a;
        break;
      case STX:
        scratch[k & 15] = x;
        break;
      case ALU: {
        const operand = code & FROM_X ? x : k;
        // Division by zero ends the program (kernel: net/core/filter.c).
        if (operand === 0 && ((code & 0xf0) === 0x30 || (code & 0xf0) === 0x90)) return false;
        a = compute(code & 0xf0, a, operand);
        break;
      }
      case JMP:
        at += 4 * ((code & 0xf0) === JA ? k : (program[at + (holds(code, a, code & FROM_X ? x : k) ? 1 : 2)] ?? 0));
        break;
      case RET:
        return (code & 0x18) === RETURN_A ? a !== 0 : k !== 0;
      default:
        if (code & 0xf8) a = x;
        else x = a;
    }
  }
  return false;
}

/** -1 when the frame is too short. */
function load(code: number, k: number, x: number, frame: Uint8Array, length: number, scratch: Uint32Array): number {
  switch (code & 0xe0) {
    case IMM:
      return k;
    case MEM:
      return scratch[k & 15] ?? 0;
    case LEN:
      return length;
    case MSH:
      // Four times the low half of a byte: the length of an IPv4 header.
      return k < frame.length ? ((frame[k] ?? 0) & 0xf) * 4 : -1;
    case ABS:
      return loadBytes(code, k, frame);
    case IND:
      return loadBytes(code, x + k, frame);
    default:
      return -1;
  }
}

function loadBytes(code: number, offset: number, frame: Uint8Array): number {
  const size = (code & 0x18) === 0x08 ? 2 : (code & 0x18) === 0x10 ? 1 : 4;
  if (offset + size > frame.length) return -1;
  let value = 0;
  for (let i = 0; i < size; i += 1) value = value * 256 + (frame[offset + i] ?? 0);
  return value;
}

function compute(operation: number, a: number, operand: number): number {
  switch (operation) {
    case 0x00:
      return (a + operand) >>> 0;
    case 0x10:
      return (a - operand) >>> 0;
    case 0x20:
      return Math.imul(a, operand) >>> 0;
    case 0x30:
      return Math.trunc(a / operand);
    case 0x40:
      return (a | operand) >>> 0;
    case 0x50:
      return (a & operand) >>> 0;
    case 0x60:
      return operand > 31 ? 0 : (a << operand) >>> 0;
    case 0x70:
      return operand > 31 ? 0 : a >>> operand;
    case 0x80:
      return -a >>> 0;
    case 0x90:
      return a % operand;
    case 0xa0:
      return (a ^ operand) >>> 0;
    default:
      return a;
  }
}

function holds(code: number, a: number, operand: number): boolean {
  switch (code & 0xf0) {
    case 0x10:
      return a === operand;
    case 0x20:
      return a > operand;
    case 0x30:
      return a >= operand;
    default:
      return (a & operand) !== 0;
  }
}
