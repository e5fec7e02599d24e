/** HTTP/1 messages as far as one segment holds them (RFC 9112). */
import { fieldId } from '../fields.ts';
import type { Walk } from '../walk.ts';
import { data, dataLayer } from './data.ts';
import { HEADER_FIELDS, STATUS_TEXTS } from './http-words.ts';
import { textAt } from './text.ts';

const HTTP = fieldId('http');
const REQUEST = fieldId('http.request');
const RESPONSE = fieldId('http.response');
const METHOD = fieldId('http.request.method');
const URI = fieldId('http.request.uri');
const URI_PATH = fieldId('http.request.uri.path');
const URI_QUERY = fieldId('http.request.uri.query');
const URI_PARAMETER = fieldId('http.request.uri.query.parameter');
const REQUEST_VERSION = fieldId('http.request.version');
const FULL_URI = fieldId('http.request.full_uri');
const REQUEST_LINE = fieldId('http.request.line');
const RESPONSE_VERSION = fieldId('http.response.version');
const CODE = fieldId('http.response.code');
const CODE_DESC = fieldId('http.response.code.desc');
const PHRASE = fieldId('http.response.phrase');
const RESPONSE_LINE = fieldId('http.response.line');
const CONTENT_LENGTH = fieldId('http.content_length');
const COOKIE_PAIR = fieldId('http.cookie_pair');
const UNKNOWN_HEADER = fieldId('http.unknown_header');
const FILE_DATA = fieldId('http.file_data');
const JSON_LAYER = fieldId('json');

const METHODS: ReadonlySet<string> = new Set(
  (
    'GET POST HEAD PUT DELETE OPTIONS TRACE CONNECT PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH REPORT ' +
    'NOTIFY M-SEARCH SUBSCRIBE UNSUBSCRIBE BIND LINK UNLINK'
  ).split(' '),
);
const LONGEST_METHOD = 16;
const COLON = 58;
const CR = 13;
const LF = 10;
const SPACE = 32;

/** Whether a message begins here, as far as its first word tells. */
export function beginsHttp(walk: Walk, offset: number): boolean {
  if (textAt(walk.bytes, offset, Math.min(offset + 5, walk.end)) === 'HTTP/') return true;
  return METHODS.has(word(walk, offset, Math.min(walk.end, offset + LONGEST_METHOD)));
}

/** tshark's guess on ports without a protocol: the first line ends or starts with the version. */
export function looksLikeHttp(walk: Walk, offset: number): boolean {
  const end = lineEnd(walk, offset);
  if (end < 0 || end - offset < 8) return false;
  return isVersionAt(walk, offset) || isVersionAt(walk, textEnd(walk, offset, end) - 8);
}

export function http(walk: Walk, offset: number): void {
  for (let at = offset; at < walk.end;) {
    const layer = walk.layer(HTTP, at, walk.end - at);
    const next = message(walk, at);
    if (next <= at) return continuation(walk, at);
    walk.resize(layer, next - at);
    at = next;
  }
}

/** Reads one message; returns where it ends, or the same place when none begins here. */
function message(walk: Walk, start: number): number {
  const firstEnd = lineEnd(walk, start);
  const lineStop = textEnd(walk, start, firstEnd < 0 ? walk.end : firstEnd);
  const isResponse = textAt(walk.bytes, start, Math.min(start + 5, lineStop)) === 'HTTP/';
  const method =
    isResponse || !isCapital(walk.bytes[start]) ? '' : word(walk, start, Math.min(lineStop, start + LONGEST_METHOD));
  const isRequest = METHODS.has(method);
  if (!isResponse && !isRequest) return headersOnly(walk, start, firstEnd, lineStop);
  const uri = isResponse ? statusLine(walk, start, lineStop) : requestLine(walk, start, lineStop, method);
  const headers = readHeaders(walk, firstEnd < 0 ? walk.end : firstEnd, isResponse ? RESPONSE_LINE : REQUEST_LINE);
  if (!headers.isComplete) return walk.end;
  if (isResponse) walk.number(RESPONSE, start, 0, 1);
  else {
    if (headers.host !== null) walk.text(FULL_URI, start, 0, fullUri(headers.host, uri));
    walk.number(REQUEST, start, 0, 1);
  }
  return body(walk, headers, isResponse);
}

/** tshark takes a first line with a colon for the rest of a header that began in an earlier segment. */
function headersOnly(walk: Walk, start: number, firstEnd: number, lineStop: number): number {
  if (firstEnd < 0 || indexOfColon(walk, start, lineStop) < 0) return start;
  const headers = readHeaders(walk, start, null);
  return headers.isComplete ? body(walk, headers, true) : walk.end;
}

function requestLine(walk: Walk, start: number, stop: number, method: string): string {
  walk.text(METHOD, start, method.length, method);
  const uriStart = start + method.length + 1;
  const uri = word(walk, uriStart, stop);
  if (uriStart > stop) return '';
  walk.text(URI, uriStart, uri.length, uri);
  const question = uri.indexOf('?');
  if (question >= 0) {
    const query = uri.slice(question + 1);
    walk.text(URI_PATH, uriStart, question, uri.slice(0, question));
    walk.text(URI_QUERY, uriStart + question + 1, query.length, query);
    let at = uriStart + question + 1;
    for (const parameter of query.split('&')) {
      walk.text(URI_PARAMETER, at, parameter.length, parameter);
      at += parameter.length + 1;
    }
  }
  const versionStart = uriStart + uri.length + 1;
  if (versionStart < stop) {
    walk.text(REQUEST_VERSION, versionStart, stop - versionStart, textAt(walk.bytes, versionStart, stop));
  }
  return uri;
}

function statusLine(walk: Walk, start: number, stop: number): string {
  const version = word(walk, start, stop);
  walk.text(RESPONSE_VERSION, start, version.length, version);
  const codeStart = start + version.length + 1;
  const code = word(walk, codeStart, stop);
  if (/^\d{3}$/.test(code)) {
    walk.number(CODE, codeStart, 3, Number(code));
    walk.text(CODE_DESC, codeStart, 3, STATUS_TEXTS.get(Number(code)) ?? 'Unknown');
    const phraseStart = codeStart + 4;
    if (phraseStart < stop) walk.text(PHRASE, phraseStart, stop - phraseStart, textAt(walk.bytes, phraseStart, stop));
  }
  return '';
}

interface Headers {
  /** First byte after the empty line, or the end of the segment. */
  end: number;
  isComplete: boolean;
  host: string | null;
  contentLength: number | null;
  contentType: string;
}

function readHeaders(walk: Walk, start: number, lineField: number | null): Headers {
  const headers: Headers = { end: walk.end, isComplete: false, host: null, contentLength: null, contentType: '' };
  for (let at = start; at < walk.end;) {
    const next = lineEnd(walk, at);
    if (next < 0) return headers;
    const stop = textEnd(walk, at, next);
    if (stop === at) {
      headers.end = next;
      headers.isComplete = true;
      return headers;
    }
    header(walk, { at, stop, next }, lineField, headers);
    at = next;
  }
  return headers;
}

function header(
  walk: Walk,
  line: { at: number; stop: number; next: number },
  lineField: number | null,
  into: Headers,
): void {
  const { at, stop, next } = line;
  const colon = indexOfColon(walk, at, stop) - at;
  if (colon < 0 || !(walk.groups.httpHeaders || isSteering(walk.bytes[at]))) return;
  const text = textAt(walk.bytes, at, stop);
  const name = text.slice(0, colon).toLowerCase();
  const value = text
    .slice(colon + 1)
    .replace(/^[ \t]+/, '')
    .replace(/[ \t]+$/, '');
  const field = HEADER_FIELDS.get(name);
  if (field === undefined) {
    if (lineField === null) walk.text(UNKNOWN_HEADER, at, next - at, text);
  } else walk.text(field, at, next - at, value);
  if (name === 'host') into.host = value;
  else if (name === 'content-type') into.contentType = value;
  else if (name === 'content-length' && /^\d+$/.test(value)) {
    into.contentLength = Number(value);
    walk.number(CONTENT_LENGTH, at, next - at, into.contentLength);
  } else if (name === 'cookie') {
    for (const pair of value.split(/; */))
      walk.text(COOKIE_PAIR, at + colon + 2 + value.indexOf(pair), pair.length, pair);
  }
  if (lineField !== null && walk.wants(lineField)) walk.text(lineField, at, next - at, textAt(walk.bytes, at, next));
}

function body(walk: Walk, headers: Headers, isResponse: boolean): number {
  const rest = walk.end - headers.end;
  const length = headers.contentLength ?? (isResponse ? rest : 0);
  const here = Math.min(length, rest);
  if (here > 0) {
    if (walk.wants(FILE_DATA))
      walk.text(FILE_DATA, headers.end, here, textAt(walk.bytes, headers.end, headers.end + here));
    const type = headers.contentType.split(';')[0]?.trim().toLowerCase();
    if (type === 'application/json') walk.layer(JSON_LAYER, headers.end, here);
    else if (type === '') dataLayer(walk, headers.end, here);
  }
  return headers.end + here;
}

/** The middle of a message that began in an earlier segment. */
function continuation(walk: Walk, at: number): void {
  if (walk.wants(FILE_DATA)) walk.text(FILE_DATA, at, walk.end - at, textAt(walk.bytes, at, walk.end));
  data(walk, at);
}

function fullUri(host: string, uri: string): string {
  return uri.startsWith('/') || uri === '*' ? `http://${host}${uri}` : uri;
}

/** Headers that say where a message ends, what it holds and whom it is for begin with c or h. */
function isSteering(byte: number | undefined): boolean {
  return byte === 0x63 || byte === 0x43 || byte === 0x68 || byte === 0x48;
}

function isCapital(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}

/** -1 when there is none, which is less than any place. */
function indexOfColon(walk: Walk, start: number, stop: number): number {
  const at = walk.bytes.indexOf(COLON, start);
  return at < stop ? at : -1;
}

function word(walk: Walk, start: number, stop: number): string {
  let end = start;
  while (end < stop && walk.bytes[end] !== SPACE) end++;
  return textAt(walk.bytes, start, end);
}

/** First byte after the line feed, or -1 when the segment ends first. */
function lineEnd(walk: Walk, start: number): number {
  const at = walk.bytes.indexOf(LF, start);
  return at >= 0 && at < walk.end ? at + 1 : -1;
}

/** Where a line's text ends: before its CR LF. */
function textEnd(walk: Walk, start: number, end: number): number {
  let stop = end;
  if (stop > start && walk.bytes[stop - 1] === LF) stop--;
  if (stop > start && walk.bytes[stop - 1] === CR) stop--;
  return stop;
}

function isVersionAt(walk: Walk, at: number): boolean {
  return at >= 0 && at + 7 <= walk.end && textAt(walk.bytes, at, at + 7) === 'HTTP/1.';
}
