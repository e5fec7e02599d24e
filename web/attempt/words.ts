/** Sentences of what a learner does in an attempt, and of the connection to the server. */
import { inPageLanguage } from '../ui/i18n/page-language.ts';

const en = {
  unreachable: 'The server could not be reached.',
  checkConnection: 'Check your connection and try again.',
  tooOften: 'That was too often in a short time.',
  waitAMoment: 'Wait a moment and try again.',
  status: (status: number) => `The server answered with status ${status}.`,
  tryAgain: 'Try again in a moment.',
  stopQuestion: {
    title: 'Stop this network?',
    text: 'The machines and everything typed into them go. Passed tasks, hints and answers stay; you can start again at any time.',
    yes: 'Stop',
    no: 'Keep working',
  },
  resetQuestion: {
    title: 'Begin this lab again?',
    text: 'The network goes, and so do the passed tasks and points of this lab. You get new addresses and values.',
    yes: 'Begin again',
    no: 'Keep working',
  },
  goesOn: 'The network goes on running.',
  couldNotJudge: (seen: string) => `Could not be judged. ${seen}`,
  notYet: (seen: string) => `Not yet. ${seen}`,
  pageFailed: 'Something went wrong in this page.',
  loadAgainKept: 'Load the page again. Your progress is kept.',
  notRunning: 'Your network is not running.',
  startFirst: 'Start the lab first.',
  outOfDate: 'This page is out of date: the lab was begun again or left elsewhere.',
  loadAgain: 'Load again',
  offline: 'Offline: the server cannot be reached. Trying again.',
  tryNow: 'Try now',
};

const zh: typeof en = {
  unreachable: '连不上服务器。',
  checkConnection: '检查网络连接后再试。',
  tooOften: '短时间内操作太频繁了。',
  waitAMoment: '稍等片刻再试。',
  status: (status) => `服务器返回了状态码 ${status}。`,
  tryAgain: '请稍后再试。',
  stopQuestion: {
    title: '停止这个网络？',
    text: '各台主机以及在其中输入的一切都会消失。已通过的任务、提示和答案都会保留；你可以随时重新启动。',
    yes: '停止',
    no: '继续做',
  },
  resetQuestion: {
    title: '重新开始本实验？',
    text: '网络会消失，本实验已通过的任务和得分也会清空。你会得到新的地址和数值。',
    yes: '重新开始',
    no: '继续做',
  },
  goesOn: '网络继续运行。',
  couldNotJudge: (seen) => `无法判定。${seen}`,
  notYet: (seen) => `还没有。${seen}`,
  pageFailed: '页面出了问题。',
  loadAgainKept: '请重新加载页面。你的进度已保存。',
  notRunning: '你的网络没有运行。',
  startFirst: '请先启动实验。',
  outOfDate: '这个页面已过时：实验在别处被重新开始，或者你已退出课程。',
  loadAgain: '重新加载',
  offline: '离线：连不上服务器，正在重试。',
  tryNow: '立即重试',
};

export const words = inPageLanguage({ en, zh });
