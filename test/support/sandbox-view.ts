import type { SandboxView } from '../../server/contract/api.ts';

/** What a page is told of a network that was never started. */
export const NO_SANDBOX: SandboxView = {
  state: 'none',
  reason: null,
  hint: null,
  nodes: [],
  links: [],
  steps: [],
  endsAtMs: null,
  isEndingSoon: false,
};
