import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as layouts from '../../../../web/terminal/terminal-layout.ts';
import { EMPTY_LAYOUT, type Layout } from '../../../../web/terminal/terminal-layout.ts';

const NODES = ['h1', 'r1', 'h2'];
const ids = (layout: Layout): string[][] => layout.panes.map((pane) => pane.tabs.map((tab) => tab.id));
const actives = (layout: Layout): (string | null)[] => layout.panes.map((pane) => pane.activeId);

function opened(...nodes: string[]): Layout {
  return nodes.reduce((layout, node) => layouts.addTab(layout, node), EMPTY_LAYOUT);
}

test('several terminals of one node have labels of their own, and a closed one gives its number back', () => {
  const layout = opened('h1', 'h1', 'h2', 'h1');
  expect(layouts.tabsOf(layout).map(layouts.tabLabel)).toEqual(['h1', 'h1 (2)', 'h2', 'h1 (3)']);
  expect(ids(layouts.addTab(layouts.closeTab(layout, 'h1.1'), 'h1'))).toEqual([['h1.0', 'h2.0', 'h1.2', 'h1.1']]);
});

test('closing the active tab makes its neighbour active, closing another one changes nothing', () => {
  const layout = layouts.activateTab(opened('h1', 'r1', 'h2'), 'r1.0');
  expect(actives(layouts.closeTab(layout, 'r1.0'))).toEqual(['h2.0']);
  expect(actives(layouts.closeTab(layout, 'h1.0'))).toEqual(['r1.0']);
  expect(actives(layouts.closeTab(opened('h1'), 'h1.0'))).toEqual([null]);
});

test('a split moves the active terminal over, or opens a second one of a node that is alone', () => {
  expect(ids(layouts.split(opened('h1', 'h2'), 'row'))).toEqual([['h1.0'], ['h2.0']]);
  expect(ids(layouts.split(opened('h1'), 'column'))).toEqual([['h1.0'], ['h1.1']]);
  expect(ids(layouts.split(EMPTY_LAYOUT, 'row'))).toEqual([[]]);
});

test('a pane that loses its last terminal goes away', () => {
  const layout = layouts.split(opened('h1', 'h2'), 'row');
  expect(ids(layouts.closeTab(layout, 'h1.0'))).toEqual([['h2.0']]);
  expect(ids(layouts.moveTab(layout, 'h2.0'))).toEqual([['h1.0', 'h2.0']]);
});

test('a node is found in the terminal used last', () => {
  const layout = layouts.activateTab(opened('h1', 'h2', 'h1'), 'h1.1');
  expect(layouts.tabOfNode(layout, 'h1')?.id).toBe('h1.1');
  expect(layouts.tabOfNode(layout, 'h2')?.id).toBe('h2.0');
  expect(layouts.tabOfNode(layout, 'r1')).toBeNull();
});

test('what was remembered comes back, as far as the lab still has those nodes', () => {
  const layout = layouts.setShare(layouts.split(opened('h1', 'h2', 'r1'), 'column'), 30);
  const text = layouts.serializeLayout(layout);
  expect(layouts.parseLayout(text, NODES)).toEqual(layout);
  expect(ids(layouts.parseLayout(text, ['h2']))).toEqual([['h2.0']]);
});

test.each([
  null,
  '',
  'nonsense',
  '[]',
  '{"panes":3}',
  '{"panes":[{"tabs":[[1,2],["h1",-1],["h1",1.5],["x",0],["h1",0],["h1",0]]}]}',
])('a remembered layout that makes no sense is no error: %s', (text) => {
  const layout = layouts.parseLayout(text, NODES);
  expect(layouts.tabsOf(layout).length).toBeLessThanOrEqual(1);
  expect(layout.share).toBe(50);
});

test('whatever is done, tabs are unique, active ones exist, and no pane of a split is empty', () => {
  const node = fc.constantFrom(...NODES);
  const id = fc.tuple(node, fc.integer({ min: 0, max: 3 })).map(([name, index]) => layouts.tabId(name, index));
  const step: fc.Arbitrary<(layout: Layout) => Layout> = fc.oneof(
    node.map((name) => (layout: Layout) => layouts.addTab(layout, name)),
    id.map((tab) => (layout: Layout) => layouts.closeTab(layout, tab)),
    id.map((tab) => (layout: Layout) => layouts.activateTab(layout, tab)),
    id.map((tab) => (layout: Layout) => layouts.moveTab(layout, tab)),
    fc.constantFrom(
      (layout: Layout) => layouts.split(layout, 'row'),
      (layout: Layout) => layouts.split(layout, 'column'),
      layouts.unsplit,
      (layout: Layout) => layouts.focusPane(layout, 1),
      (layout: Layout) => layouts.parseLayout(layouts.serializeLayout(layout), NODES),
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let layout = EMPTY_LAYOUT;
      for (const change of steps) {
        layout = change(layout);
        const all = layouts.tabsOf(layout).map((tab) => tab.id);
        expect(new Set(all).size).toBe(all.length);
        expect(layout.panes[layout.focused]).toBeDefined();
        for (const pane of layout.panes) {
          if (layout.panes.length > 1) expect(pane.tabs).not.toEqual([]);
          if (pane.tabs.length > 0) expect(pane.tabs.map((tab) => tab.id)).toContain(pane.activeId);
          else expect(pane.activeId).toBeNull();
        }
      }
    }),
    { seed: 3 },
  );
});
