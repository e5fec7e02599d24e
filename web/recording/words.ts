/** Sentences about recorded examples: whose numbers a picture shows. */
import { inPageLanguage } from '../ui/i18n/page-language.ts';

const en = {
  example: 'Recorded example',
  recordedOn: (day: string, kernel: string) => `Recorded on ${day} with Linux ${kernel}`,
  startForOwn: 'Start the lab to see your own.',
  joinForOwn: 'Join and start the lab to see your own.',
  startToSee: 'Start the lab to see it live.',
  joinToSee: 'Join and start the lab to see it live.',
  waiting: 'Waiting for the first numbers.',
  play: 'Play it',
  playing: (now: string, whole: string) => `${now} of ${whole}`,
};

const zh: typeof en = {
  example: '录制的示例',
  recordedOn: (day, kernel) => `录制于 ${day}，Linux ${kernel}`,
  startForOwn: '启动实验即可看到你自己的数据。',
  joinForOwn: '加入并启动实验即可看到你自己的数据。',
  startToSee: '启动实验后即可实时查看。',
  joinToSee: '加入并启动实验后即可实时查看。',
  waiting: '正在等待第一批数值。',
  play: '播放',
  playing: (now, whole) => `${now} / ${whole}`,
};

export const words = inPageLanguage({ en, zh });
