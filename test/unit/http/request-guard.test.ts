import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { isOwnHost, isSameOrigin } from '../../../server/http/request-guard.ts';
import { localPath } from '../../../server/http/join-routes.ts';

const request = (headers: Record<string, string>): IncomingMessage => ({ headers }) as unknown as IncomingMessage;
const local = { publicUrl: null, host: '127.0.0.1' };
const open = { publicUrl: null, host: '0.0.0.0' };
const published = { publicUrl: new URL('https://lab.example.org'), host: '0.0.0.0' };

describe('origin', () => {
  test.each([
    [local, 'http://127.0.0.1:8080', '127.0.0.1:8080', true],
    [local, 'http://localhost:9000', 'localhost:9000', true],
    [local, 'http://localhost:9001', 'localhost:9000', false],
    [local, 'http://evil.example', '127.0.0.1:8080', false],
    [local, 'null', '127.0.0.1:8080', false],
    [local, 'file://', '127.0.0.1:8080', false],
    [open, 'http://192.168.1.5:8080', '192.168.1.5:8080', true],
    [open, 'https://lab.example.org', 'lab.example.org', true],
    [open, 'https://lab.example.org.evil.example', 'lab.example.org', false],
    [published, 'https://lab.example.org', 'inner:8080', true],
    [published, 'http://lab.example.org', 'lab.example.org', false],
    [published, 'http://evil.example', 'evil.example', false],
    [published, 'http://localhost:8080', 'localhost:8080', true],
  ])('%j: a page of %s that asks %s: %s', (settings, origin, host, isAllowed) => {
    expect(isSameOrigin(request({ origin, host }), settings)).toBe(isAllowed);
  });

  test('no origin is no page of ours', () => {
    expect(isSameOrigin(request({ host: '127.0.0.1:8080' }), local)).toBe(false);
  });

  test('a server on loopback answers to no name that was pointed at it', () => {
    expect(isOwnHost(request({ host: 'rebound.example:8080' }), local)).toBe(false);
    expect(isOwnHost(request({}), local)).toBe(false);
    expect(isOwnHost(request({ host: 'localhost:1234' }), local)).toBe(true);
    expect(isOwnHost(request({ host: '[::1]:1234' }), local)).toBe(true);
    expect(isOwnHost(request({ host: 'class-room.local' }), open)).toBe(true);
  });
});

describe('where to go after joining', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    '/a b',
    '/\t/x',
  ])('%j leads home', (next) => expect(localPath(next)).toBe('/'));
  test('a page of ours is kept', () => expect(localPath('/labs/a/b?x=1#y')).toBe('/labs/a/b?x=1#y'));
});
