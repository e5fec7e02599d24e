import { describe, expect, test } from 'vitest';
import { helpText, readConfig } from '../../server/config.ts';
import { VethlabError } from '../../server/base/errors.ts';

function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof VethlabError) return error.message;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('settings', () => {
  test('without any words the server listens on this machine alone', () => {
    const config = readConfig([], {});
    expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', runtime: 'oci', publicUrl: null, idleMs: 1_800_000 });
    expect(config.labsDirectory).toMatch(/\/labs$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('the command line wins over the environment', () => {
    const config = readConfig(['--port', '81', '--idle-minutes=45'], { VETHLAB_PORT: '82', VETHLAB_HOST: '0.0.0.0' });
    expect(config).toMatchObject({ port: 81, host: '0.0.0.0', idleMs: 45 * 60_000 });
  });

  test('every fault is named at once, with its place', () => {
    const message = faultOf(() =>
      readConfig(['--port', 'eighty', '--colour', 'red', '--runtime', 'podman'], {
        VETHLAB_PUBLIC_URL: 'https://lab.example.org/course',
        VETHLAB_PROT: '80',
      }),
    );
    expect(message).toMatchInlineSnapshot(`
      "The settings cannot be used:
        --colour: this option does not exist.
        VETHLAB_PROT: this variable does not exist.
        --port: write a whole number from 0 to 65535, not "eighty".
        --runtime: write oci or docker, not "podman".
        VETHLAB_PUBLIC_URL: write an address such as https://lab.example.org, without a path, not "https://lab.example.org/course"."
    `);
  });

  test('a value that is missing is not taken from the next option', () => {
    expect(faultOf(() => readConfig(['--port'], {}))).toContain('--port: a value is missing.');
  });

  test('a kernel of its own is for the runtime of this machine', () => {
    expect(readConfig(['--kernel', 'uml'], {})).toMatchObject({
      kernel: 'uml',
      kernelMemoryMib: 1024,
      guestAddress: null,
    });
    expect(faultOf(() => readConfig(['--kernel', 'uml', '--runtime', 'docker'], {}))).toBe(
      'The runtime docker cannot be used with --kernel uml.',
    );
  });

  test('the help names every option and its variable, and none that is the program’s own', () => {
    const help = helpText();
    expect(help).not.toContain('guest-address');
    for (const name of [
      'port',
      'host',
      'data',
      'labs',
      'runtime',
      'public-url',
      'pool',
      'max-sandboxes',
      'stop-sandboxes',
    ]) {
      expect(help).toContain(`--${name}`);
    }
  });
});
