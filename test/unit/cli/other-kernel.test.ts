import { expect, test } from 'vitest';
import { runInOtherKernel, takeKernel } from '../../../server/cli/other-kernel.ts';

test.each([
  [['labs/x', '--kernel', 'uml', '--jobs', '1'], ['labs/x', '--jobs', '1'], 'uml'],
  [['--kernel=uml', 'labs/x'], ['labs/x'], 'uml'],
  [['labs/x', '--jobs', '1'], ['labs/x', '--jobs', '1'], null],
  [['--kernel'], [], ''],
])('%j is the command with %j, in kernel %j', (args, rest, kernel) => {
  expect(takeKernel(args)).toEqual({ rest, kernel });
});

test('a kernel that there is not is refused, and the machine’s own is no other', async () => {
  await expect(runInOtherKernel('test', ['--kernel', 'bsd'])).rejects.toMatchObject({
    code: 'bad_request',
    message: '--kernel bsd is not possible.',
  });
  expect(await runInOtherKernel('test', ['--kernel', 'host'])).toBeNull();
  expect(await runInOtherKernel('test', ['labs/x'])).toBeNull();
});
