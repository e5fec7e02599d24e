/** For machines that look after the server: is it alive, and its numbers. */
import { Router } from 'express';
import type { Metrics } from './metrics.ts';

export interface Health {
  readonly status: 'ok' | 'failing';
  readonly version: string;
  readonly uptimeSeconds: number;
  /** Sandboxes that belong to attempts. */
  readonly sandboxes: number;
  readonly runtime: string;
  readonly kernel: string;
  /** Kernel features that labs may require and this machine lacks. */
  readonly missingFeatures: readonly string[];
}

export function healthRoutes(health: () => Health, metrics: Metrics): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    const answer = health();
    response
      .status(answer.status === 'ok' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(answer);
  });
  router.get('/metrics', async (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
  return router;
}
