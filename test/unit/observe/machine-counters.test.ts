import { describe, expect, it } from 'vitest';
import { interruptCounters, machineCounters, softirqCounters } from '../../../server/observe/machine-counters.ts';

const SOFTIRQS = `                    CPU0       CPU1
          HI:          0          0
      NET_TX:        410        414
      NET_RX:       8601      11417
       BLOCK:          0     114393
`;

const INTERRUPTS = `           CPU0       CPU1
 26:          0         14  IO-APIC   4-edge      ttyS0
 36:          0     114399 PCI-MSIX-0000:00:02.0   1-edge      virtio1-req.0
 38:          0      11049 PCI-MSIX-0000:00:03.0   1-edge      virtio2-input.0
 39:       7897          0 PCI-MSIX-0000:00:03.0   2-edge      virtio2-output.0
 41:       2397          0 PCI-MSIX-0000:00:04.0   1-edge      virtio3-rx
 52:          3          4 PCI-MSI 524288-edge      enp3s0-TxRx-0
LOC:      70294      76327   Local timer interrupts
ERR:          0
`;

describe('interrupts of the machine', () => {
  it('are the soft ones of networking, in sum and for each CPU', () => {
    expect(Object.fromEntries(softirqCounters(SOFTIRQS))).toEqual({
      'softirqs.NET_TX': 824,
      'softirqs.NET_TX/0': 410,
      'softirqs.NET_TX/1': 414,
      'softirqs.NET_RX': 20_018,
      'softirqs.NET_RX/0': 8601,
      'softirqs.NET_RX/1': 11_417,
    });
  });

  it('are the hard ones of devices, and of network cards among them', () => {
    const counters = interruptCounters(INTERRUPTS);
    expect(counters.get('interrupts.devices')).toBe(14 + 114_399 + 11_049 + 7897 + 2397 + 7);
    expect(counters.get('interrupts.cards')).toBe(11_049 + 7897 + 7);
    expect(counters.get('interrupts.cards/0')).toBe(7900);
  });

  it('without a card there is no number of cards', () => {
    const rows = INTERRUPTS.split('\n').filter((row) => !/virtio2|enp3/.test(row));
    expect(interruptCounters(rows.join('\n')).has('interrupts.cards')).toBe(false);
  });

  it('are those of this machine', async () => {
    const counters = await machineCounters();
    expect(counters.get('softirqs.NET_RX')).toBeGreaterThan(0);
    expect(counters.get('interrupts.devices')).toBeGreaterThan(0);
  });
});
