/** What a learner looks for on a lesson page, in the language of the page. */
import type { ByLanguage } from '../../server/contract/language.ts';

export type TaskStatus = 'Open' | 'Passed' | 'Locked';

export interface PageWords {
  readonly start: string;
  readonly check: string;
  readonly expected: string;
  readonly finished: string;
  readonly openTerminal: (node: string) => string;
  readonly status: Readonly<Record<TaskStatus, string>>;
}

export const PAGE_WORDS: ByLanguage<PageWords> = {
  en: {
    start: 'Start the lab',
    check: 'Check',
    expected: 'Expected',
    finished: 'Lab finished',
    openTerminal: (node) => `Open a terminal on ${node}`,
    status: { Open: 'Open', Passed: 'Passed', Locked: 'Locked' },
  },
  zh: {
    start: '启动实验',
    check: '检查',
    expected: '期望',
    finished: '实验完成',
    openTerminal: (node) => `打开 ${node} 的终端`,
    status: { Open: '进行中', Passed: '已通过', Locked: '未解锁' },
  },
};
