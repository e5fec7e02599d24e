/** What Docker's refusals mean for the person who runs the server, and what to do about them. */
import { VethlabError } from '../../base/errors.ts';

export interface DaemonFacts {
  readonly socketPath: string;
  readonly image: string;
}

/** Turns what dockerode threw into words. `what` was being done, as in "A sandbox could not be started". */
export function daemonError(thrown: unknown, what: string, facts: DaemonFacts): VethlabError {
  if (thrown instanceof VethlabError) return thrown;
  const { code, statusCode, message } = factsOf(thrown);
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    return new VethlabError('runtime_missing', `${what}: no Docker answers on ${facts.socketPath}.`, {
      hint: 'Start Docker, give its socket to the server (docker-compose.yml does), or use --runtime oci.',
      cause: thrown,
    });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new VethlabError('runtime_missing', `${what}: the server may not use Docker's socket ${facts.socketPath}.`, {
      hint: 'Run the server as root or as a member of the group that owns the socket (usually docker).',
      cause: thrown,
    });
  }
  if (statusCode === 404 && /no such image/i.test(message)) {
    return new VethlabError('runtime_missing', `${what}: Docker has no image called ${facts.image}.`, {
      hint: `Build it in Vethlab's folder: docker build -t ${facts.image} containers/lab`,
      cause: thrown,
    });
  }
  if (/no space left on device|disk quota exceeded/i.test(message)) {
    return new VethlabError('runtime_failed', `${what}: Docker's disk is full.`, {
      hint: 'Make room where Docker keeps its data; `docker system df` shows what takes it.',
      cause: thrown,
    });
  }
  return new VethlabError('runtime_failed', `${what}: ${message || 'Docker gave no reason'}`, {
    hint: 'The log of the Docker daemon may say more.',
    details: statusCode === undefined ? {} : { statusCode },
    cause: thrown,
  });
}

export function isStatus(thrown: unknown, status: number): boolean {
  return factsOf(thrown).statusCode === status;
}

interface Facts {
  readonly code: string | undefined;
  readonly statusCode: number | undefined;
  readonly message: string;
}

function factsOf(thrown: unknown): Facts {
  if (!(thrown instanceof Error)) return { code: undefined, statusCode: undefined, message: String(thrown) };
  const { code, statusCode, json } = thrown as Error & { code?: string; statusCode?: number; json?: unknown };
  const said = typeof json === 'object' && json !== null && 'message' in json ? String(json.message) : thrown.message;
  return { code, statusCode, message: said.trim() };
}
