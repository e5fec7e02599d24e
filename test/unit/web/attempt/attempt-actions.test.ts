import { describe, expect, it } from 'vitest';
import type { AttemptView } from '../../../../server/contract/api.ts';
import { ApiClient } from '../../../../web/attempt/api-client.ts';
import { AttemptActions } from '../../../../web/attempt/attempt-actions.ts';
import { AttemptStore } from '../../../../web/attempt/attempt-store.ts';
import { Toasts } from '../../../../web/ui/toasts.tsx';
import { NO_SANDBOX } from '../../../support/sandbox-view.ts';

const ATTEMPT: AttemptView = {
  id: 'a',
  labId: 'l',
  sandbox: NO_SANDBOX,
  tasks: [],
  points: { earned: 0, possible: 0 },
  isFinished: false,
};

/** Without a page there is no server to reach: each call fails as on a cut cable. */
function cutOff(): { store: AttemptStore; actions: AttemptActions; toasts: Toasts } {
  const store = new AttemptStore(ATTEMPT);
  const toasts = new Toasts();
  const actions = new AttemptActions({ api: new ApiClient('a'), store, toasts, announcer: { say: () => undefined } });
  return { store, actions, toasts };
}

describe('AttemptActions', () => {
  it('takes a start back that did not reach the server', async () => {
    const { store, actions, toasts } = cutOff();
    const started = actions.start();
    expect(store.sandbox.value.state).toBe('starting');
    await started;
    expect(store.sandbox.value.state).toBe('none');
    expect(toasts.shown.value).toHaveLength(1);
  });

  it('keeps what the server told while the answer to a start got lost', async () => {
    const { store, actions } = cutOff();
    const started = actions.start();
    store.applyFrame({ type: 'sandbox', sandbox: { ...ATTEMPT.sandbox, state: 'ready' } });
    await started;
    expect(store.sandbox.value.state).toBe('ready');
  });
});
