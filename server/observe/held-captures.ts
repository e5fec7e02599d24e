/** The captures that one viewer holds, each once, until they are let go together. */
import { endpointName, type Endpoint } from '../network/topology.ts';
import type { HeldCapture, Sandbox } from '../sandbox/sandbox.ts';

export class HeldCaptures implements Disposable {
  readonly #sandbox: Pick<Sandbox, 'holdCapture'>;
  readonly #captures = new Map<string, HeldCapture>();
  #isDisposed = false;

  constructor(sandbox: Pick<Sandbox, 'holdCapture'>) {
    this.#sandbox = sandbox;
  }

  async of(endpoint: Pick<Endpoint, 'node' | 'interface'>): Promise<HeldCapture> {
    const name = endpointName(endpoint);
    const known = this.#captures.get(name);
    if (known) return known;
    const capture = await this.#sandbox.holdCapture(endpoint);
    if (this.#isDisposed) capture[Symbol.dispose]();
    else this.#captures.set(name, capture);
    return capture;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const capture of this.#captures.values()) capture[Symbol.dispose]();
    this.#captures.clear();
  }
}
