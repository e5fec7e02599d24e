/** The only reader of the environment and of the command line. Everything else gets a frozen {@link Config}. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { VethlabError } from './base/errors.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly labsDirectory: string;
  readonly runtime: 'oci' | 'docker';
  /** For `docker`: the daemon's socket, and the image that sandboxes are started from. */
  readonly dockerSocket: string;
  readonly labImage: string;
  /** `uml` runs the server in User Mode Linux, a kernel of its own. */
  readonly kernel: 'host' | 'uml';
  readonly kernelMemoryMib: number;
  /** Set inside User Mode Linux: where the server listens in place of `host`, whose `port` leads here. */
  readonly guestAddress: string | null;
  /** The address that browsers use, without a path; null lets requests say it. */
  readonly publicUrl: URL | null;
  /** Proxies in front of the server whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
  /** Sandboxes started ahead of need. */
  readonly poolSize: number;
  readonly maxSandboxes: number;
  readonly maxSandboxesPerLearner: number;
  readonly idleMs: number;
  /** How long before the idle end the learner is warned. */
  readonly idleWarningMs: number;
  readonly sessionMs: number;
  readonly memoryMib: number;
  readonly diskMib: number;
  readonly cpus: number;
  readonly pids: number;
  /** True ends every sandbox also when the server is asked to stop by SIGTERM. */
  readonly isStoppingSandboxes: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

interface Option {
  /** Long option without the dashes; the variable is `VETHLAB_` + upper case with underscores. */
  readonly name: string;
  /** What stands for the value in the help; null for a switch. */
  readonly value: string | null;
  readonly fallback: string;
  readonly help: string;
  readonly schema: z.ZodType<unknown, string>;
  /** For the program's own use: --help leaves it out. */
  readonly isInternal?: boolean;
}

const whole = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,9}$/, `write a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `write a whole number from ${least} to ${most}`);

const decimal = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,6}(\.\d{1,3})?$/, 'write a number such as 30 or 0.5')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `write a number from ${least} to ${most}`);

const folder: z.ZodType<string, string> = z
  .string()
  .min(1, 'write the path of a folder')
  .transform((path) => resolve(path));

const webAddress: z.ZodType<URL | null, string> = z.string().transform((text, context) => {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username) {
    return url;
  }
  context.addIssue({ code: 'custom', message: 'write an address such as https://lab.example.org, without a path' });
  return z.NEVER;
});

const toggle: z.ZodType<boolean, string> = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], 'write true or false')
  .transform((text) => text === 'true' || text === '1' || text === 'yes');

const options = {
  port: {
    name: 'port',
    value: 'N',
    fallback: '8080',
    help: 'TCP port of the web page; 0 takes a free one',
    schema: whole(0, 65_535),
  },
  host: {
    name: 'host',
    value: 'ADDRESS',
    fallback: '127.0.0.1',
    help: 'address to listen on; 0.0.0.0 for a class room',
    schema: z.string().min(1, 'write an address'),
  },
  dataDirectory: {
    name: 'data',
    value: 'FOLDER',
    fallback: '.vethlab',
    help: 'where progress and the lab image are kept',
    schema: folder,
  },
  labsDirectory: { name: 'labs', value: 'FOLDER', fallback: 'labs', help: 'the course', schema: folder },
  runtime: {
    name: 'runtime',
    value: 'NAME',
    fallback: 'oci',
    help: 'what starts sandboxes: oci is runc on this machine, docker a Docker daemon',
    schema: z.enum(['oci', 'docker'], 'write oci or docker'),
  },
  dockerSocket: {
    name: 'docker-socket',
    value: 'PATH',
    fallback: '/var/run/docker.sock',
    help: 'for docker: the socket of the daemon',
    schema: z.string().min(1, 'write the path of a socket'),
  },
  labImage: {
    name: 'lab-image',
    value: 'NAME',
    fallback: 'vethlab-lab:latest',
    help: 'for docker: the image made from containers/lab',
    schema: z.string().min(1, 'write the name of an image'),
  },
  kernel: {
    name: 'kernel',
    value: 'NAME',
    fallback: 'host',
    help: 'host, or uml: a Linux kernel of its own that has netem (slower; for runtime oci)',
    schema: z.enum(['host', 'uml'], 'write host or uml'),
  },
  kernelMemoryMib: {
    name: 'kernel-memory',
    value: 'MIB',
    fallback: '1024',
    help: 'for kernel uml: its memory, MiB',
    schema: whole(256, 65_536),
  },
  guestAddress: {
    name: 'guest-address',
    value: 'ADDRESS',
    fallback: '',
    help: 'inside that kernel: where it listens',
    schema: z.string().transform((text) => (text === '' ? null : text)),
    isInternal: true,
  },
  publicUrl: {
    name: 'public-url',
    value: 'URL',
    fallback: '',
    help: 'the address that browsers use, when it is not host and port',
    schema: webAddress,
  },
  trustedProxies: {
    name: 'trusted-proxies',
    value: 'N',
    fallback: '0',
    help: 'number of reverse proxies in front of the server',
    schema: whole(0, 10),
  },
  poolSize: { name: 'pool', value: 'N', fallback: '2', help: 'sandboxes started ahead of need', schema: whole(0, 100) },
  maxSandboxes: {
    name: 'max-sandboxes',
    value: 'N',
    fallback: '100',
    help: 'sandboxes that may run at once',
    schema: whole(1, 10_000),
  },
  maxSandboxesPerLearner: {
    name: 'max-sandboxes-per-learner',
    value: 'N',
    fallback: '2',
    help: 'of these, for one learner',
    schema: whole(1, 100),
  },
  idleMinutes: {
    name: 'idle-minutes',
    value: 'N',
    fallback: '30',
    help: 'minutes without input after which a sandbox ends',
    schema: decimal(0.05, 10_080),
  },
  idleWarningMinutes: {
    name: 'idle-warning-minutes',
    value: 'N',
    fallback: '5',
    help: 'minutes before that end at which the learner is warned',
    schema: decimal(0.01, 60),
  },
  sessionDays: {
    name: 'session-days',
    value: 'N',
    fallback: '90',
    help: 'days without a visit after which a learner has to join again',
    schema: whole(1, 3650),
  },
  memoryMib: {
    name: 'sandbox-memory',
    value: 'MIB',
    fallback: '256',
    help: 'memory of one sandbox, MiB',
    schema: whole(64, 65_536),
  },
  diskMib: {
    name: 'sandbox-disk',
    value: 'MIB',
    fallback: '128',
    help: 'size of the files that a learner can write, MiB; they count as memory',
    schema: whole(8, 65_536),
  },
  cpus: {
    name: 'sandbox-cpus',
    value: 'N',
    fallback: '1',
    help: 'processor cores that one sandbox may use',
    schema: decimal(0.05, 256),
  },
  pids: {
    name: 'sandbox-pids',
    value: 'N',
    fallback: '400',
    help: 'processes that one sandbox may have',
    schema: whole(50, 30_000),
  },
  isStoppingSandboxes: {
    name: 'stop-sandboxes',
    value: null,
    fallback: 'false',
    help: 'end sandboxes on SIGTERM too (Ctrl-C always does)',
    schema: toggle,
  },
  logLevel: {
    name: 'log-level',
    value: 'LEVEL',
    fallback: 'info',
    help: 'silent, error, warn, info or debug',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'write silent, error, warn, info or debug'),
  },
} as const satisfies Record<string, Option>;

/** Read by the scripts that run before the server. */
const SETUP_VARIABLES: ReadonlySet<string> = new Set(['VETHLAB_DEBIAN_MIRROR']);

type Values = { [Key in keyof typeof options]: z.output<(typeof options)[Key]['schema']> };

function variableOf(option: Option): string {
  return `VETHLAB_${option.name.toUpperCase().replaceAll('-', '_')}`;
}

/** The text of `--help`. */
export function helpText(): string {
  const shown = Object.values(options).filter((option: Option) => !option.isInternal);
  const rows = shown.map((option: Option) => {
    const usage = `  --${option.name}${option.value === null ? '' : ` ${option.value}`}`;
    const fallback = option.fallback === '' || option.value === null ? '' : ` (${option.fallback})`;
    return `${usage.padEnd(34)}${option.help}${fallback}`;
  });
  return [
    'Usage: npm start -- [options]',
    '',
    'Serves the course and runs the sandboxes of its learners.',
    '',
    ...rows,
    `  ${'--help'.padEnd(32)}this text`,
    '',
    'Each option can be given as a variable too: --idle-minutes 45 is VETHLAB_IDLE_MINUTES=45.',
    'Ctrl-C ends the server and its sandboxes. SIGTERM leaves sandboxes running, and the next server takes them over.',
    '',
  ].join('\n');
}

/** What was written on the command line, option by option, or what is wrong with it. */
function readArguments(argv: readonly string[], faults: string[]): Map<string, string> {
  const given = new Map<string, string>();
  const known = new Map(Object.values(options).map((option: Option) => [option.name, option]));
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(word);
    const option = match?.[1] === undefined ? undefined : known.get(match[1]);
    if (!option) {
      faults.push(`${word}: this option does not exist.`);
      // The value of an unknown option is not a fault of its own.
      if (match && match[2] === undefined && rest[0] !== undefined && !rest[0].startsWith('--')) rest.shift();
      continue;
    }
    const value = match?.[2] ?? (option.value === null ? 'true' : rest.shift());
    if (value === undefined) faults.push(`--${option.name}: a value is missing.`);
    else given.set(option.name, value);
  }
  return given;
}

/**
 * Reads command line and environment; the command line wins.
 * @throws VethlabError `config_invalid` that names every fault at once.
 */
export function readConfig(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const given = readArguments(argv, faults);
  const known = new Set(Object.values(options).map(variableOf));
  for (const name of Object.keys(env)) {
    if (name.startsWith('VETHLAB_') && !known.has(name) && !SETUP_VARIABLES.has(name))
      faults.push(`${name}: this variable does not exist.`);
  }
  const read = ([key, option]: [string, Option]): [string, unknown] => {
    const argument = given.get(option.name);
    const variable = env[variableOf(option)];
    const result = option.schema.safeParse(argument ?? variable ?? option.fallback);
    if (result.success) return [key, result.data];
    const place = argument === undefined ? variableOf(option) : `--${option.name}`;
    const reasons = [...new Set(result.error.issues.map((issue) => issue.message))].join(', ');
    faults.push(`${place}: ${reasons}, not ${JSON.stringify(argument ?? variable ?? option.fallback)}.`);
    return [key, undefined];
  };
  const values = Object.fromEntries(Object.entries(options).map(read)) as Values;
  if (faults.length > 0) {
    throw new VethlabError(
      'config_invalid',
      `The settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
      {
        hint: 'npm start -- --help lists every option.',
      },
    );
  }
  if (values.kernel === 'uml' && values.runtime !== 'oci') {
    throw new VethlabError('config_invalid', `The runtime ${values.runtime} cannot be used with --kernel uml.`, {
      hint: 'Sandboxes run in the kernel of their own that the server runs in, so they are started there: leave --runtime away.',
    });
  }
  const { idleMinutes, idleWarningMinutes, sessionDays, ...rest } = values;
  return Object.freeze({
    ...rest,
    idleMs: idleMinutes * 60_000,
    // A warning that came with the first second would never go away.
    idleWarningMs: Math.min(idleWarningMinutes, idleMinutes / 2) * 60_000,
    sessionMs: sessionDays * 86_400_000,
  });
}
