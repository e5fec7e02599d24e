/** Links as a learner may see them: what the file and the learner made of them. Faults stay hidden. Pure. */
import type { LinkView } from '../contract/api.ts';
import { wireState, type WireChanges } from '../network/impairment.ts';
import { endpointName, type Topology } from '../network/topology.ts';

/** Only links that are impaired, or may be changed. */
export function linkViews(topology: Topology, changes: WireChanges): LinkView[] {
  return topology.links
    .filter(({ adjustable, impairments }) => adjustable || impairments.some((impairment) => impairment !== null))
    .map((link) => {
      const { impairments, isDown } = wireState(link, [], changes, 0);
      const [a, b] = link.endpoints;
      return {
        endpoints: [endpointName(a), endpointName(b)],
        impairments: [impairments[0], impairments[1]],
        isDown,
        isAdjustable: link.adjustable,
      };
    });
}
