/** Says that the page is cut off from the server, and what happens next. */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Icon } from '../ui/icons.tsx';
import type { LabSocket } from './lab-socket.ts';
import { words } from './words.ts';

/** Short interruptions mend themselves before anyone needs to hear of them. */
const QUIET_MS = 1200;

export function ConnectionNotice({ socket }: { readonly socket: LabSocket }): JSX.Element {
  const connection = socket.connection.value;
  const isLost = connection.state !== 'online';
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isLost) return setLate(false);
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [isLost]);

  const isRefused = connection.state === 'refused';
  return (
    <div class="connection" role="status">
      {isRefused && (
        <div class="connection-pill">
          <Icon name="warning" />
          <span>{words.outOfDate}</span>
          <button class="button small" type="button" onClick={() => location.reload()}>
            {words.loadAgain}
          </button>
        </div>
      )}
      {!isRefused && isLost && isLate && (
        <div class="connection-pill">
          <Icon name="offline" />
          <span>{words.offline}</span>
          <button class="button small" type="button" onClick={() => socket.retryNow()}>
            {words.tryNow}
          </button>
        </div>
      )}
    </div>
  );
}
