/** Interrupts of the whole machine beside the stages that a veth does not have, or shares with everybody; labelled as such. */
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import { shortRate, whole } from '../topology/rates.ts';
import type { MachineCounter } from './stage.ts';
import { words } from './words.ts';

/** In place of a node, on the watch channel. */
export const MACHINE = '*';
/** More CPUs are in the sum only. */
const MOST_CPUS = 8;

/** What has to be asked of the machine to show these. */
export function machineNames(counters: readonly MachineCounter[]): string[] {
  const cpus = Array.from({ length: MOST_CPUS }, (_, cpu) => cpu);
  return counters.flatMap((counter) => [counter, ...cpus.map((cpu) => `${counter}/${cpu}`)]);
}

export interface MachineNumbersProps {
  readonly counters: readonly MachineCounter[];
  readonly watch: WatchStore;
}

/** Nothing before a network runs: a recorded example's machine is another one. Then it has its place, also while nothing is known. */
export function MachineNumbers({ counters, watch }: MachineNumbersProps): JSX.Element | null {
  const nowMs = watch.beat.value;
  if (!watch.isRunning) return null;
  return (
    <span class="stage-numbers stage-machine">
      {words.theWholeMachine}
      {counters.map((counter) => {
        const history = watch.counter(MACHINE, counter);
        const total = history?.totals?.value;
        return (
          <span key={counter} class="stage-number" title={counter}>
            <b>{total === undefined ? '–' : whole(total)}</b> {words.machine[counter]}
            <i>{total === undefined ? '' : `${shortRate(history?.perSecond('value', nowMs) ?? 0)}/s`}</i>
          </span>
        );
      })}
    </span>
  );
}

/** CPU by CPU: whether one of them does all the work. */
export function MachineTable({ counters, watch }: MachineNumbersProps): JSX.Element | null {
  const nowMs = watch.beat.value;
  const known = counters.filter((counter) => watch.counter(MACHINE, counter)?.totals);
  const cpus = Array.from({ length: MOST_CPUS }, (_, cpu) => cpu).filter((cpu) =>
    known.some((counter) => watch.counter(MACHINE, `${counter}/${cpu}`)?.totals),
  );
  if (known.length === 0 || cpus.length === 0) return null;
  return (
    <div class="table-scroll" tabindex={0} role="group" aria-label={words.theWholeMachine}>
      <table class="stage-table">
        <thead>
          <tr>
            <th scope="col">{words.theWholeMachine}</th>
            {cpus.map((cpu) => (
              <th key={cpu} scope="col">{`CPU${cpu}`}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {known.map((counter) => (
            <tr key={counter}>
              <th scope="row">{words.machine[counter]}</th>
              {cpus.map((cpu) => {
                const history = watch.counter(MACHINE, `${counter}/${cpu}`);
                return (
                  <td key={cpu}>
                    {history?.totals
                      ? `${whole(history.totals.value)} (${shortRate(history.perSecond('value', nowMs))}/s)`
                      : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
