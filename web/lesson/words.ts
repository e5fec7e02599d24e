/** Sentences of the living parts of a lesson that are no picture and no task. */
import { inPageLanguage } from '../ui/i18n/page-language.ts';

const en = {
  asTable: 'As a table',
  liveTopology: 'Live: ↑ sent and ↓ received, in packets per second.',
  inGlossary: 'In the glossary',
  onNode: ['on ', ''] as readonly [before: string, after: string],
  copy: 'Copy',
  copied: 'Copied',
  notAllowed: 'Not allowed',
  saidCopied: 'Copied.',
  saidNotAllowed: 'The browser did not allow copying.',
  run: 'Run',
  sent: 'Sent',
  runTitle: (node: string) => `Types it into the terminal of ${node}`,
  saidTyped: (node: string) => `Typed into ${node}.`,
};

const zh: typeof en = {
  asTable: '以表格显示',
  liveTopology: '实时：↑ 发出、↓ 收到，单位是每秒数据包数。',
  inGlossary: '在术语表中查看',
  onNode: ['在 ', ' 上'],
  copy: '复制',
  copied: '已复制',
  notAllowed: '未获允许',
  saidCopied: '已复制。',
  saidNotAllowed: '浏览器不允许复制。',
  run: '运行',
  sent: '已输入',
  runTitle: (node) => `输入到 ${node} 的终端`,
  saidTyped: (node) => `已输入到 ${node}。`,
};

export const words = inPageLanguage({ en, zh });
