/** The author's half of a page in `lab preview`: loads the page again when the lab is saved, and shows the author's panel. */
import '../author/author.css';
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { LabPageData } from '../../server/contract/api.ts';
import type { LabFrame } from '../../server/contract/frames.ts';
import { ApiClient } from '../attempt/api-client.ts';
import { LabSocket } from '../attempt/lab-socket.ts';
import { openAuthorFeed } from '../author/author-feed.ts';
import { AuthorPanel } from '../author/author-panel.tsx';
import { showFaultsInLesson } from '../author/faults-in-lesson.ts';
import { Judgements } from '../author/judgements.ts';
import { words } from '../author/words.ts';
import { recall, remember } from '../ui/remember.ts';

const OPEN_KEY = 'author-panel-open';

const text = document.getElementById('lab-data')?.textContent;
const data = text ? (JSON.parse(text) as LabPageData) : null;
// Terminals belong to the server: their screens come back as they were.
const feed = openAuthorFeed(data?.lab.id ?? '', () => location.reload());
const judgements = new Judgements(data?.attempt.id ?? '');
if (data) {
  judgements.setTasks(data.attempt.tasks);
  new LabSocket(data.attempt.id, hear);
}

const isOpen = signal(recall(OPEN_KEY, 'session') === 'yes');
let faultCount = 0;
effect(() => {
  const count = feed.state.value?.faults.length ?? 0;
  // New trouble is shown at once; whoever closes the panel has seen it.
  if (count > faultCount) isOpen.value = true;
  faultCount = count;
});
const lesson = document.getElementById('prose');
effect(() => {
  const faults = feed.state.value?.faults ?? [];
  if (lesson && data)
    showFaultsInLesson(
      lesson,
      faults.filter(({ labId }) => labId === data.lab.id),
    );
});
const root = document.body.appendChild(document.createElement('aside'));
root.setAttribute('aria-label', words.author);
effect(() => {
  render(
    <AuthorPanel
      state={feed.state.value}
      tasks={judgements.tasks.value}
      isOpen={isOpen.value}
      onToggle={(open) => {
        isOpen.value = open;
        remember(OPEN_KEY, open ? 'yes' : 'no', 'session');
      }}
      onRestart={restart}
    />,
    root,
  );
});

function hear(frame: LabFrame): void {
  switch (frame.type) {
    case 'attempt':
      judgements.setTasks(frame.attempt.tasks);
      return;
    case 'task':
      judgements.noteTask(frame.task);
      return;
    case 'sandbox':
      return;
  }
}

async function restart(): Promise<void> {
  if (!data) return;
  const api = new ApiClient(data.attempt.id);
  await api.stop();
  await api.start();
  location.reload();
}
