/**
 * seccomp.json → the BPF program that runc makes of it (by libseccomp), for processes that enter without runc.
 * Pure. Knows the profiles this project ships: everything allowed but a list that fails with an error number.
 */

export interface SeccompProfile {
  readonly defaultAction: 'SCMP_ACT_ALLOW';
  readonly syscalls: readonly {
    readonly names: readonly string[];
    readonly action: 'SCMP_ACT_ERRNO';
    readonly errnoRet: number;
  }[];
}

interface Machine {
  /** AUDIT_ARCH_… of linux/audit.h. */
  readonly audit: number;
  /** System calls of other ABIs of the same machine start here (x32); null where there are none. */
  readonly foreignFrom: number | null;
  readonly numbers: Readonly<Record<string, number>>;
}

// asm/unistd_64.h of x86_64 and asm-generic/unistd.h of aarch64. A name that a machine does not have needs no rule on it.
const MACHINES: Readonly<Record<string, Machine>> = {
  x64: {
    audit: 0xc000003e,
    foreignFrom: 0x40000000,
    numbers: {
      _sysctl: 156,
      acct: 163,
      add_key: 248,
      adjtimex: 159,
      bpf: 321,
      clock_adjtime: 305,
      clock_settime: 227,
      delete_module: 176,
      finit_module: 313,
      init_module: 175,
      io_uring_enter: 426,
      io_uring_register: 427,
      io_uring_setup: 425,
      ioperm: 173,
      iopl: 172,
      kexec_file_load: 320,
      kexec_load: 246,
      keyctl: 250,
      lookup_dcookie: 212,
      nfsservctl: 180,
      open_by_handle_at: 304,
      perf_event_open: 298,
      quotactl: 179,
      quotactl_fd: 443,
      reboot: 169,
      request_key: 249,
      settimeofday: 164,
      swapoff: 168,
      swapon: 167,
      sysfs: 139,
      uselib: 134,
      userfaultfd: 323,
      ustat: 136,
    },
  },
  arm64: {
    audit: 0xc00000b7,
    foreignFrom: null,
    numbers: {
      acct: 89,
      add_key: 217,
      adjtimex: 171,
      bpf: 280,
      clock_adjtime: 266,
      clock_settime: 112,
      delete_module: 106,
      finit_module: 273,
      init_module: 105,
      io_uring_enter: 426,
      io_uring_register: 427,
      io_uring_setup: 425,
      kexec_file_load: 294,
      kexec_load: 104,
      keyctl: 219,
      lookup_dcookie: 18,
      nfsservctl: 42,
      open_by_handle_at: 265,
      perf_event_open: 241,
      quotactl: 60,
      quotactl_fd: 443,
      reboot: 142,
      request_key: 218,
      settimeofday: 170,
      swapoff: 225,
      swapon: 224,
      userfaultfd: 282,
    },
  },
};

const LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
const JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const JUMP_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K
const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const KILL_PROCESS = 0x80000000;
// struct seccomp_data
const OFFSET_NUMBER = 0;
const OFFSET_ARCHITECTURE = 4;

/** An array of struct sock_filter. `arch` is Node's `process.arch`. */
export function compileSeccomp(profile: SeccompProfile, arch: string): Buffer {
  const machine = MACHINES[arch];
  if (!machine) throw new Error(`No system call numbers are known for ${arch}.`);
  const program: Instruction[] = [
    [LOAD, 0, 0, OFFSET_ARCHITECTURE],
    [JUMP_EQUAL, 1, 0, machine.audit],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD, 0, 0, OFFSET_NUMBER],
  ];
  if (machine.foreignFrom !== null)
    program.push([JUMP_AT_LEAST, 0, 1, machine.foreignFrom], [RETURN, 0, 0, KILL_PROCESS]);
  for (const rule of profile.syscalls) {
    for (const name of rule.names) {
      const number = machine.numbers[name];
      if (number !== undefined) program.push([JUMP_EQUAL, 0, 1, number], [RETURN, 0, 0, ERRNO | rule.errnoRet]);
    }
  }
  program.push([RETURN, 0, 0, ALLOW]);
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, jumpTrue, jumpFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  });
  return bytes;
}

type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, value: number];
