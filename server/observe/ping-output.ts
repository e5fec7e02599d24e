/** What ping(8) of iputils prints, as an outcome. Pure. */
import type { PingAnswer, PingOutcome } from './observer.ts';

/** One reply is enough for `reply`; otherwise the ICMP error (or the kernel's own) tells, and silence is `none`. */
export function parsePing(stdout: string, stderr: string): PingAnswer {
  const text = `${stdout}${stderr}`;
  const counts = /(\d+) packets transmitted, (\d+) received/.exec(text);
  const sent = Number(counts?.[1] ?? 0);
  const received = Number(counts?.[2] ?? 0);
  const average = /^rtt min\/avg\/max\/mdev = [\d.]+\/([\d.]+)\//m.exec(text)?.[1];
  const rttMs = average === undefined ? null : Number(average);
  return { outcome: outcomeOf(text, received), sent, received, rttMs, text: summaryOf(text) };
}

function outcomeOf(text: string, received: number): PingOutcome {
  if (received > 0) return 'reply';
  if (/message too long|Frag needed|Packet too big/i.test(text)) return 'frag_needed';
  const hasError =
    /^From .* (?:icmp_seq=\d+ )?(?:Destination|Packet filtered|Time to live|Parameter|Source|Communication)/im;
  const isRefusedHere =
    /(?:connect|sendmsg|sendto|bind|socket): (?:Network is (?:unreachable|down)|No route to host|Host is down|Invalid argument|Permission denied|Operation not permitted|Cannot assign requested address)/i;
  return hasError.test(text) || isRefusedHere.test(text) ? 'unreachable' : 'none';
}

/** The lines that say something, without headings and times. */
function summaryOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(PING|PATTERN|---|rtt) ?/.test(line))
    .slice(0, 8)
    .join('\n');
}
