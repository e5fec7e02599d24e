/** Sentences around the counters of a lesson; what each counter means stands in glossary/. */
import { inPageLanguage } from '../ui/i18n/page-language.ts';

const en = {
  countersOf: (node: string) => `Counters of ${node}`,
  marked: (node: string) => `Counters of ${node} count from here.`,
  counter: 'Counter',
  lastMinute: 'Last minute',
  perSecond: 'Per second',
  sinceStart: 'Since the start',
  sinceMark: 'Since the mark',
  setMark: 'Set the mark here',
  liveFrom: (node: string) => `Live from ${node}.`,
  whatDoesItCount: 'What does it count?',
};

const zh: typeof en = {
  countersOf: (node) => `${node} 的计数器`,
  marked: (node) => `${node} 的计数器从此刻起重新计。`,
  counter: '计数器',
  lastMinute: '最近一分钟',
  perSecond: '每秒',
  sinceStart: '自启动以来',
  sinceMark: '自标记以来',
  setMark: '在此刻做标记',
  liveFrom: (node) => `来自 ${node} 的实时数值。`,
  whatDoesItCount: '它统计的是什么？',
};

export const words = inPageLanguage({ en, zh });
