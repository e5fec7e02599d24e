/**
 * The `docker` adapter of the Runtime port: outer contexts are containers beside the server's own, made by the daemon whose
 * socket the server has, and found again by their labels. Needs that socket and nothing else of the machine.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { VethlabError } from '../../base/errors.ts';
import { ask } from '../agent.ts';
import type { Outer, OuterSpec, Runtime } from '../runtime.ts';
import { containerName, containerOptions, INSTALLATION_LABEL, SANDBOX_LABEL } from './container-options.ts';
import { daemonError, isStatus } from './daemon-error.ts';
import { DockerOuter } from './docker-outer.ts';
import { Gate } from './gate.ts';
import { inWords, say, type Said } from '../../base/sentence.ts';

export interface DockerOptions {
  readonly socketPath: string;
  /** The lab image, made from containers/lab/Dockerfile. */
  readonly image: string;
  /** The folder containers/lab of this installation. */
  readonly scripts: string;
  /** Names all sandboxes of this installation on the daemon; lower-case letters, digits and dashes. */
  readonly installation: string;
}

const START_MS = 20_000;
const HELLO_MS = 2000;
const GATE = ['/usr/bin/perl', '/usr/lib/vethlab/platform/gate'];

/** How Docker says that its machine cannot give what sandboxes can do without. */
const REFUSALS = {
  tun: /\/dev\/net\/tun/,
  files: /error setting rlimit type 7/,
  /** Podman wants the path of the profile, on its own machine. */
  profile: /opening seccomp profile failed/,
} as const;

/** What is asked of the daemon once. */
interface Machine {
  readonly hasAppArmor: boolean;
}

export class DockerRuntime implements Runtime {
  readonly name = 'docker';
  readonly #options: DockerOptions;
  readonly #docker: Docker;
  readonly #seccomp: string;
  /** Ids that this process is starting or holds; list() leaves them alone. */
  readonly #own = new Map<string, DockerOuter | null>();
  #machine: Promise<Machine> | undefined;
  /** What the daemon's machine turned out not to have: nothing tells beforehand. */
  readonly #lacks = new Set<keyof typeof REFUSALS>();

  constructor(options: DockerOptions) {
    this.#options = options;
    this.#docker = new Docker({ socketPath: options.socketPath });
    this.#seccomp = JSON.stringify(JSON.parse(readFileSync(join(options.scripts, 'seccomp.json'), 'utf8')));
  }

  /** Rejects in words when the daemon or the image is not there, before a learner meets it. */
  async check(): Promise<void> {
    try {
      await this.#ask();
      await this.#docker.getImage(this.#options.image).inspect();
    } catch (error) {
      throw this.#error(error, 'Sandboxes cannot be started');
    }
  }

  async start(spec: OuterSpec): Promise<Outer> {
    if (this.#own.has(spec.id)) throw conflict(spec.id);
    this.#own.set(spec.id, null);
    try {
      await this.#run(spec);
      const outer = this.#outer(spec.id);
      this.#own.set(spec.id, outer);
      await this.#answer(outer);
      return outer;
    } catch (error) {
      // Somebody else's container of that name stays.
      const isTaken = error instanceof VethlabError && error.code === 'conflict';
      this.#own.get(spec.id)?.forget();
      if (!isTaken) await this.#destroy(spec.id).catch(() => {});
      this.#own.delete(spec.id);
      throw this.#error(error, 'A sandbox could not be started');
    }
  }

  /** Running ones that answer. What earlier server processes left half made or dead is removed on the way. */
  async list(): Promise<Outer[]> {
    const found: Outer[] = [];
    const label = `${INSTALLATION_LABEL}=${this.#options.installation}`;
    const containers = await this.#docker
      .listContainers({ all: true, filters: { label: [label] } })
      .catch((error: unknown) => {
        throw this.#error(error, 'Sandboxes cannot be listed');
      });
    await Promise.all(
      containers.map(async ({ Labels, State }) => {
        const id = Labels[SANDBOX_LABEL] ?? '';
        if (this.#own.has(id)) {
          const own = this.#own.get(id);
          if (own) found.push(own);
          return;
        }
        if (State === 'running') {
          this.#own.set(id, null);
          const outer = this.#outer(id);
          try {
            await outer.open();
            await ask(outer, 'lab', ['hello'], HELLO_MS);
            await ask(outer, 'platform', ['hello'], HELLO_MS);
            this.#own.set(id, outer);
            found.push(outer);
            return;
          } catch {
            // It never got ready, or its agents are gone: nobody can use it.
            outer.forget();
          }
        }
        await this.#destroy(id);
      }),
    );
    return found;
  }

  /** Leaves running sandboxes alone: they outlive the server. */
  [Symbol.asyncDispose](): Promise<void> {
    for (const outer of this.#own.values()) outer?.forget();
    return Promise.resolve();
  }

  #outer(id: string): DockerOuter {
    return new DockerOuter({
      id,
      openGate: () => this.#openGate(id),
      howEnded: () => this.#howEnded(id),
      destroy: () => this.#destroy(id),
    });
  }

  #container(id: string): Docker.Container {
    return this.#docker.getContainer(containerName(this.#options.installation, id));
  }

  async #run(spec: OuterSpec): Promise<void> {
    const { hasAppArmor } = await this.#ask();
    const { image, installation } = this.#options;
    for (;;) {
      // As it is known here: starts beside this one may learn more meanwhile.
      const lacks = new Set(this.#lacks);
      const hasTun = !lacks.has('tun');
      const canHaveFiles = !lacks.has('files');
      const seccomp = lacks.has('profile') ? resolve(this.#options.scripts, 'seccomp.json') : this.#seccomp;
      const options = { spec, image, installation, seccomp, hasAppArmor, hasTun, canHaveFiles };
      try {
        const container = await this.#docker.createContainer(containerOptions(options));
        await container.start();
        return;
      } catch (error) {
        if (isStatus(error, 409)) throw conflict(spec.id, error);
        const lacking = (['tun', 'files', 'profile'] as const).find((name) => REFUSALS[name].test(String(error)));
        if (!lacking || lacks.has(lacking)) throw error;
        this.#lacks.add(lacking);
        await this.#remove(spec.id);
      }
    }
  }

  /** Waits until both agents answer. */
  async #answer(outer: DockerOuter): Promise<void> {
    const until = Date.now() + START_MS;
    for (;;) {
      try {
        await outer.open();
        await ask(outer, 'lab', ['hello'], START_MS);
        await ask(outer, 'platform', ['hello'], START_MS);
        return;
      } catch (error) {
        const reason = await this.#howEnded(outer.id);
        if (reason === null && Date.now() < until) {
          await delay(2);
          continue;
        }
        const log = await this.#log(outer.id);
        throw new VethlabError(
          'runtime_failed',
          `A sandbox did not get ready: ${log || (reason === null ? 'it gave no reason' : inWords(reason))}`,
          {
            hint: 'Run `npm run doctor`: it tries what sandboxes need and says what is missing.',
            cause: error,
          },
        );
      }
    }
  }

  async #openGate(id: string): Promise<Gate> {
    try {
      const exec = await this.#container(id).exec({
        Cmd: GATE,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
      });
      return new Gate(await exec.start({ hijack: true, stdin: true, Tty: false }));
    } catch (error) {
      throw this.#error(error, 'The sandbox cannot be reached');
    }
  }

  async #howEnded(id: string): Promise<Said | null> {
    try {
      const { State } = await this.#container(id).inspect();
      if (State.Running) return null;
      return State.OOMKilled
        ? say('The sandbox ended by itself: it used up its memory.')
        : say('The sandbox ended by itself: its processes were ended from outside.');
    } catch (error) {
      if (isStatus(error, 404)) return say('The sandbox was removed from outside.');
      throw error;
    }
  }

  async #log(id: string): Promise<string> {
    const raw = await this.#container(id)
      .logs({ stdout: true, stderr: true, tail: 20 })
      .catch(() => Buffer.alloc(0));
    // Chunks with binary heads: what is printable is what it said.
    return raw
      .toString()
      .replaceAll(/[^\x20-\x7e\n]/g, '')
      .trim()
      .slice(-2000);
  }

  #ask(): Promise<Machine> {
    this.#machine ??= this.#docker.info().then(
      (info: { SecurityOptions?: string[] }) => ({
        hasAppArmor: (info.SecurityOptions ?? []).some((option) => option.includes('apparmor')),
      }),
      (error: unknown) => {
        this.#machine = undefined;
        throw error;
      },
    );
    return this.#machine;
  }

  #error(error: unknown, what: string): VethlabError {
    return daemonError(error, what, this.#options);
  }

  async #destroy(id: string): Promise<void> {
    await this.#remove(id);
    this.#own.delete(id);
  }

  async #remove(id: string): Promise<void> {
    try {
      await this.#container(id).remove({ force: true, v: true });
    } catch (error) {
      if (isStatus(error, 409)) await this.#untilRemoved(id);
      else if (!isStatus(error, 404)) throw this.#error(error, 'A sandbox could not be ended');
    }
  }

  /** Somebody else is removing it already. */
  async #untilRemoved(id: string): Promise<void> {
    const until = Date.now() + START_MS;
    while (Date.now() < until) {
      try {
        await this.#container(id).inspect();
      } catch (error) {
        if (isStatus(error, 404)) return;
      }
      await delay(20);
    }
  }
}

function conflict(id: string, cause?: unknown): VethlabError {
  return new VethlabError('conflict', `A sandbox with the id ${id} exists already.`, { cause });
}
