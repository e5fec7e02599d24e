/** What an interface has captured, as a file that Wireshark opens. */
import { Router } from 'express';
import type { Request, Response } from 'express';
import { VethlabError } from '../base/errors.ts';
import { recordedFrames } from '../observe/recorded-frames.ts';
import { writePcapng } from '../packet/pcap-write.ts';
import type { HttpParts } from './parts.ts';
import { requireSession } from './parts.ts';
import type { RateLimits } from './rate-limits.ts';
import { say } from '../base/sentence.ts';

type CaptureRequest = Request<{ attempt: string; node: string; interface: string }>;

export function captureRoutes(parts: HttpParts, limits: RateLimits): Router {
  const router = Router();
  router.get(
    '/attempts/:attempt/captures/:node/:interface.pcapng',
    limits.task,
    async (request: CaptureRequest, response: Response) => {
      const { attempt: id, node, interface: name } = request.params;
      const attempt = parts.attempts.require(id, requireSession(parts, request).learner.id);
      const live = attempt.run?.live;
      if (!live) {
        throw new VethlabError('sandbox_gone', say('Your network is not running, so there is nothing captured.'), {
          hint: say('Start the lab first.'),
        });
      }
      const endpoint = `${node}:${name}`;
      const frames = await recordedFrames(live.sandbox, live.observer, endpoint);
      response.set({
        'Content-Type': 'application/x-pcapng',
        'Content-Disposition': `attachment; filename="${node}-${name.replaceAll(/[^\w.-]/g, '_')}.pcapng"`,
        'Cache-Control': 'no-store',
      });
      response.send(Buffer.from(writePcapng([{ name: endpoint, frames }])));
    },
  );
  return router;
}
