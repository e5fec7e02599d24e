/** The pictures of a lab in which its recorded example moves nothing: whoever plays it looks at them in vain. Pure. */
import type { OpenedRecording } from '../../course/recording.ts';
import type { PictureOptions } from '../../course/schema/picture-schema.ts';
import type { Topology } from '../../network/topology.ts';

/** One of them grows with each packet of IP that goes this way. */
const PATH_COUNTERS = {
  rx: ['Ip.InReceives', 'Ip6.InReceives'],
  tx: ['Ip.OutRequests', 'Ip.ForwDatagrams', 'Ip6.OutRequests'],
} as const;

/** Each as it stands in the lesson. */
export function stillPictures(
  pictures: readonly PictureOptions[],
  topology: Topology,
  recording: OpenedRecording,
): string[] {
  const ends = topology.links.flatMap((link) => link.endpoints);
  const moves = (picture: PictureOptions): boolean => {
    switch (picture.name) {
      case 'topology':
        return ends.some((end) => recording.hasMoved(end.node, `${end.interface}.tx_packets`));
      case 'counters':
        return picture.names.some((name) => recording.hasMoved(picture.node, name));
      case 'packets':
        return recording.packets(picture.at, picture.filter ?? '', 1).count > 0;
      case 'kernel-path':
        return PATH_COUNTERS[picture.direction].some((name) => recording.hasMoved(picture.node, name));
      // They show no network's numbers.
      case 'journey':
      case 'layers':
        return true;
    }
  };
  return pictures.filter((picture) => !moves(picture)).map(asWritten);
}

function asWritten(picture: PictureOptions): string {
  switch (picture.name) {
    case 'counters':
      return `::counters{node=${picture.node} names="${picture.names.join(',')}"}`;
    case 'packets':
      return `::packets{at="${picture.at}" filter="${picture.filter ?? ''}"}`;
    case 'kernel-path':
      return `::kernel-path{node=${picture.node} direction=${picture.direction}}`;
    case 'topology':
    case 'journey':
    case 'layers':
      return `::${picture.name}`;
  }
}
