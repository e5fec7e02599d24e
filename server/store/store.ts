/** The repositories over one database, opened and closed together. */
import { AttemptStore } from './attempts.ts';
import { CertificateStore } from './certificates.ts';
import { Database } from './database.ts';
import { HistoryStore } from './history.ts';
import { LearnerStore } from './learners.ts';
import { SandboxStore } from './sandboxes.ts';

export class Store implements Disposable {
  readonly #database: Database;
  readonly learners: LearnerStore;
  readonly attempts: AttemptStore;
  readonly history: HistoryStore;
  readonly sandboxes: SandboxStore;
  readonly certificates: CertificateStore;

  /** `path` of the file, or `:memory:`. */
  constructor(path: string) {
    this.#database = new Database(path);
    this.learners = new LearnerStore(this.#database);
    this.attempts = new AttemptStore(this.#database);
    this.history = new HistoryStore(this.#database);
    this.sandboxes = new SandboxStore(this.#database);
    this.certificates = new CertificateStore(this.#database);
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]();
  }
}
