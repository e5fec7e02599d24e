/** The two models side by side, the lab's layers lit, and below them a payload to wrap. */
import type { JSX } from 'preact';
import { CommandList } from '../kernel-path/command-list.tsx';
import type { AttemptStore } from '../attempt/attempt-store.ts';
import type { PageTopology } from '../topology/graph.ts';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import type { ModelGroup, ModelRow, TcpIpLayer } from './model-rows.ts';
import { WrapBench } from './wrap-bench.tsx';
import './layers.css';
import { words } from './words.ts';

export interface LayersFigureProps {
  /** In the language of the page. */
  readonly model: readonly ModelGroup[];
  /** Those of the lab. */
  readonly lit: ReadonlySet<TcpIpLayer>;
  /** The smallest of the lab's links, in bytes. */
  readonly mtu: number;
  readonly topology: PageTopology;
  /** Null for a visitor. */
  readonly attempt: AttemptStore | null;
  readonly buttons: CodeButtonParts;
}

export function LayersFigure(props: LayersFigureProps): JSX.Element {
  const { model, lit, mtu, topology, attempt, buttons } = props;
  return (
    <div class="layers-figure">
      <div class="model" role="group" aria-label={words.sideBySide}>
        <p class="model-heads" aria-hidden="true">
          <span>TCP/IP</span>
          <span>OSI</span>
          <span>{words.onLinux}</span>
        </p>
        {model.map((group) => (
          <Group
            key={group.name}
            group={group}
            isLit={group.layer !== null && lit.has(group.layer)}
            buttons={buttons}
          />
        ))}
      </div>
      <WrapBench mtu={mtu} topology={topology} attempt={attempt} buttons={buttons} />
    </div>
  );
}

interface GroupProps {
  readonly group: ModelGroup;
  readonly isLit: boolean;
  readonly buttons: CodeButtonParts;
}

function Group({ group, isLit, buttons }: GroupProps): JSX.Element {
  return (
    <div
      role="group"
      class={`model-group is-${group.layer ?? 'border'}${isLit ? ' is-lit' : ''}`}
      aria-label={group.layer === null ? group.name : words.layerOfTcpIp(group.name, isLit)}
    >
      <p class="model-name" aria-hidden="true">
        {group.layer !== null && <b>{group.name}</b>}
        {isLit && <small>{words.thisLab}</small>}
      </p>
      <div class="model-rows">
        {group.rows.map((row) => (
          <Row key={row.title} row={row} buttons={buttons} />
        ))}
      </div>
    </div>
  );
}

function Row({ row, buttons }: { readonly row: ModelRow; readonly buttons: CodeButtonParts }): JSX.Element {
  return (
    <details class="model-row">
      <summary>
        <span class="model-osi">
          <span class="model-title">
            {row.osi && <b>{row.osi.number}</b>} {row.title}
          </span>
          {row.unit !== null && <small>{row.unit}</small>}
        </span>
        <span class="model-linux">
          {row.linux}
          <span class="model-tools">
            {row.tools.map((tool) => (
              <code key={tool}>{tool}</code>
            ))}
          </span>
        </span>
      </summary>
      <div class="model-more">
        <p>{row.more}</p>
        <CommandList announce={buttons.announce} node={null} commands={row.commands} />
      </div>
    </details>
  );
}
