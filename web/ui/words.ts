/** Sentences of what is around every page: colours, messages, time. */
import { inPageLanguage } from './i18n/page-language.ts';

const en = {
  colours: { system: 'as the system', light: 'light', dark: 'dark' },
  coloursAre: (now: string) => `Colours: ${now}`,
  coloursBecome: (now: string, next: string) => `Colours: ${now}. Click for ${next}.`,
  messages: 'Messages',
  closeMessage: 'Close this message',
  minutes: (count: number) => `${count} min`,
  lessThanAMinute: 'less than 1 min',
  found: (count: number, all: number) =>
    count === 0 ? 'Nothing has all of these words. Try fewer, or others.' : `${count} of ${all}`,
};

const zh: typeof en = {
  colours: { system: '跟随系统', light: '浅色', dark: '深色' },
  coloursAre: (now) => `配色：${now}`,
  coloursBecome: (now, next) => `配色：${now}。点击切换为${next}。`,
  messages: '消息',
  closeMessage: '关闭这条消息',
  minutes: (count) => `${count} 分钟`,
  lessThanAMinute: '不到 1 分钟',
  found: (count, all) => (count === 0 ? '没有同时包含这些词的内容。换个词或少写几个词试试。' : `${count} / ${all}`),
};

export const words = inPageLanguage({ en, zh });
