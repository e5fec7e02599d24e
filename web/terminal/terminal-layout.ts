/** Which terminals are open, in which pane, and how the panes share the room: values and pure changes of them. */

export interface Tab {
  /** Unique in a layout: `h1.0`. */
  readonly id: string;
  readonly node: string;
  /** Tells several terminals of one node apart. */
  readonly index: number;
}

export interface Pane {
  readonly tabs: readonly Tab[];
  readonly activeId: string | null;
}

/** `row`: side by side; `column`: one above the other. */
export type SplitDirection = 'row' | 'column';

export interface Layout {
  /** One, or two when split. */
  readonly panes: readonly Pane[];
  readonly focused: number;
  readonly direction: SplitDirection;
  /** Of the first pane, percent. */
  readonly share: number;
}

export const LEAST_SHARE = 15;
export const MOST_SHARE = 85;

export const EMPTY_LAYOUT: Layout = {
  panes: [{ tabs: [], activeId: null }],
  focused: 0,
  direction: 'row',
  share: 50,
};

export function tabsOf(layout: Layout): readonly Tab[] {
  return layout.panes.flatMap((pane) => pane.tabs);
}

export function tabId(node: string, index: number): string {
  return `${node}.${index}`;
}

/** `h1`, and `h1 (2)` for its second terminal. */
export function tabLabel(tab: Tab): string {
  return tab.index === 0 ? tab.node : `${tab.node} (${tab.index + 1})`;
}

/** The node's terminal that was used last where one is open: the active one of the focused pane, of the other, or the first. */
export function tabOfNode(layout: Layout, node: string): Tab | null {
  const focused = activeTab(layout, layout.focused);
  const candidates = [focused, ...layout.panes.map((_, index) => activeTab(layout, index)), ...tabsOf(layout)];
  return candidates.find((tab) => tab?.node === node) ?? null;
}

export function activeTab(layout: Layout, pane: number): Tab | null {
  const { tabs, activeId } = layout.panes[pane] ?? { tabs: [], activeId: null };
  return tabs.find((tab) => tab.id === activeId) ?? null;
}

/** Another terminal of the node, behind the others of the pane. */
export function addTab(layout: Layout, node: string, pane = layout.focused): Layout {
  const taken = new Set(tabsOf(layout).map((tab) => tab.id));
  let index = 0;
  while (taken.has(tabId(node, index))) index++;
  const tab: Tab = { id: tabId(node, index), node, index };
  return changePane({ ...layout, focused: pane }, pane, ({ tabs }) => ({ tabs: [...tabs, tab], activeId: tab.id }));
}

export function activateTab(layout: Layout, id: string): Layout {
  const pane = layout.panes.findIndex(({ tabs }) => tabs.some((tab) => tab.id === id));
  if (pane < 0) return layout;
  return changePane({ ...layout, focused: pane }, pane, ({ tabs }) => ({ tabs, activeId: id }));
}

/** Its neighbour becomes active; a second pane without tabs goes away. */
export function closeTab(layout: Layout, id: string): Layout {
  const pane = layout.panes.findIndex(({ tabs }) => tabs.some((tab) => tab.id === id));
  if (pane < 0) return layout;
  return withoutEmptyPane(changePane(layout, pane, (old) => withoutTab(old, id)));
}

/** Two panes: the active terminal moves to the second one when it is not alone, otherwise its node gets a second terminal. */
export function split(layout: Layout, direction: SplitDirection): Layout {
  if (layout.panes.length === 2) return { ...layout, direction };
  const [pane] = layout.panes;
  const active = activeTab(layout, 0);
  if (!pane || !active) return layout;
  const opened: Layout = { ...layout, direction, panes: [pane, { tabs: [], activeId: null }] };
  return pane.tabs.length === 1 ? addTab(opened, active.node, 1) : moveTab(opened, active.id);
}

export function unsplit(layout: Layout): Layout {
  const tabs = tabsOf(layout);
  const activeId = activeTab(layout, layout.focused)?.id ?? tabs[0]?.id ?? null;
  return { ...layout, panes: [{ tabs, activeId }], focused: 0 };
}

/** To the other pane of a split. */
export function moveTab(layout: Layout, id: string): Layout {
  const from = layout.panes.findIndex(({ tabs }) => tabs.some((tab) => tab.id === id));
  const tab = tabsOf(layout).find((candidate) => candidate.id === id);
  if (layout.panes.length < 2 || from < 0 || !tab) return layout;
  const to = 1 - from;
  const removed = changePane(layout, from, (pane) => withoutTab(pane, id));
  const added = changePane(removed, to, ({ tabs }) => ({ tabs: [...tabs, tab], activeId: id }));
  return withoutEmptyPane({ ...added, focused: to });
}

export function focusPane(layout: Layout, pane: number): Layout {
  return pane === layout.focused || !layout.panes[pane] ? layout : { ...layout, focused: pane };
}

export function setShare(layout: Layout, share: number): Layout {
  return { ...layout, share: Math.round(Math.min(MOST_SHARE, Math.max(LEAST_SHARE, share)) * 10) / 10 };
}

export function serializeLayout(layout: Layout): string {
  const panes = layout.panes.map(({ tabs, activeId }) => ({
    tabs: tabs.map(({ node, index }) => [node, index]),
    activeId,
  }));
  return JSON.stringify({ panes, focused: layout.focused, direction: layout.direction, share: layout.share });
}

/** What was remembered, as far as it makes sense with the nodes of now; the empty layout otherwise. */
export function parseLayout(text: string | null, nodes: readonly string[]): Layout {
  if (text === null) return EMPTY_LAYOUT;
  try {
    const raw = JSON.parse(text) as Record<string, unknown>;
    const seen = new Set<string>();
    const panes = asArray(raw['panes'])
      .slice(0, 2)
      .map((pane) => parsePane(pane, nodes, seen));
    const layout: Layout = {
      panes: panes.length > 0 ? panes : EMPTY_LAYOUT.panes,
      focused: raw['focused'] === 1 && panes.length === 2 ? 1 : 0,
      direction: raw['direction'] === 'column' ? 'column' : 'row',
      share: 50,
    };
    return setShare(withoutEmptyPane(layout), typeof raw['share'] === 'number' ? raw['share'] : 50);
  } catch {
    return EMPTY_LAYOUT;
  }
}

function parsePane(raw: unknown, nodes: readonly string[], seen: Set<string>): Pane {
  const { tabs: rawTabs, activeId } = (raw ?? {}) as Record<string, unknown>;
  const tabs: Tab[] = [];
  for (const entry of asArray(rawTabs)) {
    const [node, index] = asArray(entry);
    if (typeof node !== 'string' || !nodes.includes(node)) continue;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > 99) continue;
    const id = tabId(node, index);
    if (seen.has(id)) continue;
    seen.add(id);
    tabs.push({ id, node, index });
  }
  const active = tabs.find((tab) => tab.id === activeId) ?? tabs[0];
  return { tabs, activeId: active?.id ?? null };
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function changePane(layout: Layout, index: number, change: (pane: Pane) => Pane): Layout {
  return { ...layout, panes: layout.panes.map((pane, position) => (position === index ? change(pane) : pane)) };
}

function withoutTab({ tabs, activeId }: Pane, id: string): Pane {
  const position = tabs.findIndex((tab) => tab.id === id);
  const left = tabs.filter((tab) => tab.id !== id);
  const neighbour = left[Math.min(position, left.length - 1)];
  return { tabs: left, activeId: activeId === id ? (neighbour?.id ?? null) : activeId };
}

function withoutEmptyPane(layout: Layout): Layout {
  if (layout.panes.length < 2 || layout.panes.every(({ tabs }) => tabs.length > 0)) return layout;
  const pane = layout.panes.find(({ tabs }) => tabs.length > 0) ?? { tabs: [], activeId: null };
  return { ...layout, panes: [pane], focused: 0 };
}
