/** The terminals of one sandbox: opened on demand, found again by node and index, few enough. */
import { VethlabError } from '../base/errors.ts';
import type { TerminalSize } from './runtime.ts';
import type { Sandbox } from './sandbox.ts';
import { TerminalSession } from './terminal-session.ts';
import { say, type Said } from '../base/sentence.ts';

export class TerminalSessions implements Disposable {
  readonly #sandbox: Pick<Sandbox, 'openTerminal' | 'ended'>;
  readonly #limit: number;
  readonly #sessions = new Map<string, TerminalSession | Promise<TerminalSession>>();
  #endReason: Said | null = null;

  constructor(sandbox: Pick<Sandbox, 'openTerminal' | 'ended'>, limit = 12) {
    this.#sandbox = sandbox;
    this.#limit = limit;
    void sandbox.ended.then((reason) => this.end(reason));
  }

  /** Terminals that are open or opening. */
  get count(): number {
    return this.#sessions.size;
  }

  /**
   * The running session, or a new one. An exited shell's session is forgotten at once, so the same index gives a new shell.
   * @throws VethlabError `too_many_requests` at the limit, `sandbox_gone` after the end.
   */
  async open(node: string, index: number, size: TerminalSize): Promise<TerminalSession> {
    const key = `${node} ${index}`;
    const known = this.#sessions.get(key);
    if (known) return known;
    if (this.#endReason !== null) throw new VethlabError('sandbox_gone', this.#endReason);
    if (this.#sessions.size >= this.#limit) {
      throw new VethlabError(
        'too_many_requests',
        say('This lab has {count} terminals open, and more are not allowed.', { count: this.#limit }),
        { hint: say('Close one that you no longer need.') },
      );
    }
    const opening = this.#start(key, node, size);
    this.#sessions.set(key, opening);
    try {
      return await opening;
    } catch (error) {
      if (this.#sessions.get(key) === opening) this.#sessions.delete(key);
      throw error;
    }
  }

  /** Ends the shell and forgets its screen. */
  close(session: TerminalSession): void {
    for (const [key, known] of this.#sessions) if (known === session) this.#sessions.delete(key);
    session[Symbol.dispose]();
  }

  /** Ends all shells; whoever looks is told why. */
  end(reason: Said): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    for (const session of this.#sessions.values()) if (session instanceof TerminalSession) session.end(reason);
    this.#sessions.clear();
  }

  [Symbol.dispose](): void {
    this.end(say('The terminals were closed.'));
  }

  async #start(key: string, node: string, size: TerminalSize): Promise<TerminalSession> {
    const pty = await this.#sandbox.openTerminal(node, size);
    const session = new TerminalSession(pty, size);
    if (this.#endReason !== null) {
      session[Symbol.dispose]();
      throw new VethlabError('sandbox_gone', this.#endReason);
    }
    this.#sessions.set(key, session);
    session.onExit(() => this.close(session));
    return session;
  }
}
