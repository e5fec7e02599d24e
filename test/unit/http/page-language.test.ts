import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { languageOf, languagesOf, rememberLanguage } from '../../../server/http/page-language.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  const app = express();
  app.get('/:languages', (request, response) => {
    rememberLanguage(request, response, false);
    response.send(languageOf(request, { languages: request.params.languages.split(',') }));
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = async (path: string, headers: Record<string, string>): Promise<string> =>
  (await fetch(`${url}/${path}`, { headers })).text();

it.each([
  ['the browser’s', 'en,zh', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }, 'zh'],
  ['the browser’s first that the course has', 'en,zh', { 'accept-language': 'fr,en-US;q=0.7,zh;q=0.3' }, 'en'],
  ['English for whoever reads neither', 'en,zh', { 'accept-language': 'fr' }, 'en'],
  ['the one chosen before', 'en,zh', { 'accept-language': 'en', cookie: 'a=b; vethlab-language=zh' }, 'zh'],
  ['the one of the address', 'en,zh?language=en', { cookie: 'vethlab-language=zh' }, 'en'],
  ['none that the course lacks', 'en?language=zh', { 'accept-language': 'zh', cookie: 'vethlab-language=zh' }, 'en'],
  ['nothing made up', 'en,zh?language=<x>', { cookie: 'vethlab-language=../x' }, 'en'],
])('a page is in a language: %s', async (_name, path, headers, language) => {
  expect(await ask(path, { 'accept-language': 'en', ...headers })).toBe(language);
});

it('only a language of the pages is remembered', async () => {
  expect((await fetch(`${url}/en,zh?language=zh`)).headers.get('set-cookie')).toMatch(
    /^vethlab-language=zh; .*HttpOnly; SameSite=Lax/,
  );
  expect((await fetch(`${url}/en,zh?language=de`)).headers.get('set-cookie')).toBeNull();
  expect((await fetch(`${url}/en,zh`)).headers.get('set-cookie')).toBeNull();
});

it('a course in languages that the pages are not written in has English around it', () => {
  expect(languagesOf({ languages: ['de', 'zh-CN'] })).toEqual(['zh']);
  expect(languagesOf({ languages: ['de'] })).toEqual(['en']);
});
