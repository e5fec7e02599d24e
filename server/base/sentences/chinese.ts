/** Every sentence in Simplified Chinese, named by its English words. */
import { attempts } from './chinese-attempts.ts';
import { checks } from './chinese-checks.ts';
import { failures } from './chinese-failures.ts';

export const chinese = { ...attempts, ...checks, ...failures } as const;
