/** One pane: its tabs (WAI-ARIA tabs, activated by focus), its tools and the terminal of the active tab. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { MenuButton, type MenuEntry } from './menu-button.tsx';
import { SearchBox } from './search-box.tsx';
import type { TerminalDesk } from './terminal-desk.ts';
import { TerminalIcon } from './terminal-icons.tsx';
import { CHORD_HELP } from './terminal-keys.ts';
import { activeTab, activateTab, focusPane, moveTab, split, tabLabel, unsplit, type Tab } from './terminal-layout.ts';
import { StatusLine } from './status-line.tsx';
import { words } from './words.ts';

export interface TerminalPaneProps {
  readonly desk: TerminalDesk;
  readonly pane: number;
}

export function TerminalPane({ desk, pane }: TerminalPaneProps): JSX.Element {
  const layout = desk.layout.value;
  const tabs = layout.panes[pane]?.tabs ?? [];
  const active = activeTab(layout, pane);
  const isFocused = layout.panes.length > 1 && layout.focused === pane;
  return (
    <div
      class={`terminal-pane${isFocused ? ' is-focused' : ''}`}
      onPointerDown={() => desk.change(focusPane(desk.layout.value, pane))}
    >
      <div class="terminal-bar">
        {tabs.length > 0 && <TabList desk={desk} pane={pane} tabs={tabs} active={active} />}
        <MenuButton label={words.open} entries={nodeEntries(desk, pane)}>
          <TerminalIcon name="add" />
          {tabs.length === 0 && <span>{words.open}</span>}
        </MenuButton>
        <span class="terminal-bar-space" />
        {active && <Tools desk={desk} active={active} />}
      </div>
      {active ? <Panel key={active.id} desk={desk} tab={active} /> : <p class="terminal-empty">{words.noneOpen}</p>}
    </div>
  );
}

interface TabListProps extends TerminalPaneProps {
  readonly tabs: readonly Tab[];
  readonly active: Tab | null;
}

function TabList({ desk, pane, tabs, active }: TabListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  // Whole, with its cross, where there are more tabs than room.
  useLayoutEffect(() => {
    const element = list.current;
    const tab = element?.querySelector('[aria-selected="true"]');
    if (!element || !tab) return undefined;
    const show = (): void => {
      const [frame, box] = [element.getBoundingClientRect(), tab.getBoundingClientRect()];
      if (box.right > frame.right) element.scrollLeft += box.right - frame.right;
      else if (box.left < frame.left) element.scrollLeft -= frame.left - box.left;
    };
    const observer = new ResizeObserver(show);
    observer.observe(element);
    return () => observer.disconnect();
  }, [active, tabs.length]);
  const focusTab = (id: string): void => {
    desk.change(activateTab(desk.layout.value, id));
    requestAnimationFrame(() => document.getElementById(tabElementId(id))?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!active) return;
    const at = tabs.indexOf(active);
    const targets: Readonly<Record<string, Tab | undefined>> = {
      ArrowLeft: tabs.at(at - 1),
      ArrowRight: tabs[(at + 1) % tabs.length],
      Home: tabs[0],
      End: tabs.at(-1),
    };
    const target = targets[event.key];
    if (target) focusTab(target.id);
    else if (event.key === 'Delete') desk.close(active.id);
    else if (event.key === 'Enter' || event.key === ' ' || event.key === 'ArrowDown') desk.activate(active.id);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={pane === 0 ? words.terminals : words.secondPane}
      class="terminal-tabs"
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={tabElementId(tab.id)}
          type="button"
          role="tab"
          aria-selected={tab === active}
          aria-controls={tab === active ? `terminal-panel-${tab.id}` : undefined}
          aria-keyshortcuts="Delete"
          tabIndex={tab === active ? 0 : -1}
          title={words.tabTitle(tabLabel(tab))}
          onClick={() => desk.activate(tab.id)}
          onAuxClick={(event) => event.button === 1 && desk.close(tab.id)}
        >
          {tabLabel(tab)}
          {/* For the pointer; the keyboard has Delete, and the menu of tools an entry. */}
          <span
            class="terminal-tab-close"
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              desk.close(tab.id);
            }}
          >
            <TerminalIcon name="close" />
          </span>
        </button>
      ))}
    </div>
  );
}

function Tools({ desk, active }: { readonly desk: TerminalDesk; readonly active: Tab }): JSX.Element {
  const layout = desk.layout.value;
  const isSplit = layout.panes.length > 1;
  const label = tabLabel(active);
  const entries: MenuEntry[] = [
    { label: words.search, note: 'Ctrl Shift F', run: () => desk.viewOf(active).search.open() },
    { label: words.larger, note: 'Ctrl Shift +', run: () => desk.changeFontSize('larger') },
    { label: words.smaller, note: 'Ctrl Shift −', run: () => desk.changeFontSize('smaller') },
    { label: words.screenReader, isOn: desk.isScreenReaderMode.value, run: () => desk.toggleScreenReaderMode() },
    { label: words.sideBySide, run: () => desk.change(split(desk.layout.value, 'row')) },
    { label: words.oneAbove, run: () => desk.change(split(desk.layout.value, 'column')) },
    ...(isSplit
      ? [
          { label: words.moveToOther, run: () => desk.change(moveTab(desk.layout.value, active.id)) },
          { label: words.join, run: () => desk.change(unsplit(desk.layout.value)) },
        ]
      : []),
    { label: words.close(label), run: () => desk.close(active.id) },
  ];
  const next = isSplit ? null : 'row';
  return (
    <>
      <button
        type="button"
        class="terminal-tool"
        aria-label={next ? words.split : words.join}
        title={next ? words.split : words.join}
        onClick={() => desk.change(next ? split(desk.layout.value, next) : unsplit(desk.layout.value))}
      >
        <TerminalIcon name={next ? 'beside' : 'single'} />
      </button>
      <MenuButton label={words.toolsFor(label)} entries={entries} footer={<KeyHelp />}>
        <TerminalIcon name="more" />
      </MenuButton>
    </>
  );
}

function KeyHelp(): JSX.Element {
  return (
    <dl class="terminal-keys">
      {CHORD_HELP.map(([keys, what]) => (
        <div key={keys}>
          <dt>{keys}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

function Panel({ desk, tab }: { readonly desk: TerminalDesk; readonly tab: Tab }): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const view = desk.viewOf(tab);
  useLayoutEffect(() => {
    host.current?.append(view.element);
    // What cannot be loaded now is tried again when it is to connect.
    view.prepare().catch(() => undefined);
    return () => view.element.remove();
  }, [view]);
  return (
    <div class="terminal-panel" role="tabpanel" id={`terminal-panel-${tab.id}`} aria-labelledby={tabElementId(tab.id)}>
      {view.search.isOpen.value && <SearchBox search={view.search} label={tabLabel(tab)} />}
      <div class="terminal-host" ref={host} />
      <StatusLine desk={desk} tab={tab} />
    </div>
  );
}

function nodeEntries(desk: TerminalDesk, pane: number): MenuEntry[] {
  return desk.options.nodes.map(({ name, kind }) => ({
    label: name,
    note: words.kinds[kind],
    run: () => desk.add(name, pane),
  }));
}

function tabElementId(id: string): string {
  return `terminal-tab-${id}`;
}
