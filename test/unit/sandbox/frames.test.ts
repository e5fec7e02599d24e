import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameReader } from '../../../server/sandbox/frames.ts';

test('frames come out as they went in, however the bytes are cut', () => {
  const fields = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(fields, { maxLength: 6 }), fc.integer({ min: 1, max: 17 }), (frames, step) => {
      const bytes = Buffer.concat(frames.map((frame) => encodeFrame(frame)));
      const reader = new FrameReader();
      const out: Buffer[][] = [];
      for (let at = 0; at < bytes.length; at += step)
        out.push(...reader.push(Buffer.from(bytes.subarray(at, at + step))));
      expect(out.map((frame) => frame.map((field) => [...field]))).toEqual(
        frames.map((frame) => frame.map((field) => [...field])),
      );
    }),
  );
});

test('the form is a length, then fields with their lengths, big endian', () => {
  expect(encodeFrame(['ab', '']).toString('hex')).toBe('0000000a00000002616200000000');
});

test('refuses a frame that nobody would send', () => {
  expect(() => new FrameReader().push(Buffer.from('7fffffff', 'hex'))).toThrow('too large');
});
