/** Sentences of the author's panel. What is wrong with a file is said as `lab lint` says it, in English. */
import { counted } from '../../server/contract/language.ts';
import { inPageLanguage } from '../ui/i18n/page-language.ts';

const en = {
  author: 'Author',
  connecting: 'connecting…',
  faults: (count: number) => (count === 0 ? 'no faults' : counted('en', count, { one: 'fault', other: 'faults' })),
  restartNeeded: 'restart needed',
  otherNetwork: 'The network that runs is that of an earlier text: nodes, links or captured endpoints have changed.',
  restart: 'Restart the network',
  restarting: 'Restarting…',
  faultsOfFiles: 'Faults of the files',
  shownAsBefore: 'Faults: the lab is shown as it was before them',
  checks: 'Checks',
  notJudged: 'Not judged yet.',
  earlier: (count: number) => (count === 1 ? 'One verdict before it' : `${count} verdicts before it`),
  judged: (time: string, ms: number) => `${time}, took ${ms} ms`,
  outcomes: { pass: 'pass', fail: 'fail', error: 'error' },
};

const zh: typeof en = {
  author: '作者',
  connecting: '正在连接…',
  faults: (count) => (count === 0 ? '没有错误' : `${count} 个错误`),
  restartNeeded: '需要重启',
  otherNetwork: '正在运行的网络来自较早的文本：节点、链路或被抓包的端点已经改变。',
  restart: '重启网络',
  restarting: '正在重启…',
  faultsOfFiles: '文件中的错误',
  shownAsBefore: '有错误：实验仍按出错之前的样子显示',
  checks: '检查',
  notJudged: '尚未判定。',
  earlier: (count) => `之前的 ${count} 次判定`,
  judged: (time, ms) => `${time}，用时 ${ms} 毫秒`,
  outcomes: { pass: '通过', fail: '未通过', error: '出错' },
};

export const words = inPageLanguage({ en, zh });
