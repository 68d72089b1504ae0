import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Microphone } from '../../../src/steps/voice/microphone.svelte';

class FakeRecorder {
  static isTypeSupported = () => true;
  mimeType = 'audio/webm';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  start = vi.fn();
  pause = vi.fn();
  resume = vi.fn();
  stop() {
    this.ondataavailable?.({ data: new Blob(['sound']) });
    this.onstop?.();
  }
}

class FakeContext {
  createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData: (samples: Float32Array) => samples.fill(0.5) });
  createMediaStreamSource = () => ({ connect: vi.fn() });
  close = () => Promise.resolve();
}

const track = { stop: vi.fn(), onended: null as (() => void) | null };
const lend = (answer: () => Promise<unknown>) => vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: answer } });
let now_ms = 0;

beforeEach(() => {
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.spyOn(performance, 'now').mockImplementation(() => now_ms);
  now_ms = 0;
  lend(() => Promise.resolve({ getTracks: () => [track] }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each([
  ['NotAllowedError', 'refused'],
  ['NotFoundError', 'absent'],
])('%s is told as %s', async (name, told) => {
  lend(() => Promise.reject(new DOMException('no', name)));
  const microphone = new Microphone();
  await microphone.start();
  expect(microphone.failed).toBe(told);
  expect(microphone.recording).toBe(false);
});

test('pages without https are told apart', async () => {
  vi.stubGlobal('navigator', {});
  const microphone = new Microphone();
  await microphone.start();
  expect(microphone.failed).toBe('insecure');
});

test('takes stay until another project is open, the newest first', async () => {
  const microphone = new Microphone();
  microphone.of('one');
  for (let times = 0; times < 2; times += 1) {
    await microphone.start();
    microphone.stop();
  }
  microphone.of('one');
  expect(microphone.takes.map((take) => take.number)).toEqual([2, 1]);
  microphone.of('two');
  expect(microphone.takes).toEqual([]);
});

test('a microphone that is pulled out leaves a take', async () => {
  const microphone = new Microphone();
  await microphone.start();
  track.onended?.();
  expect(microphone.recording).toBe(false);
  expect(microphone.takes).toHaveLength(1);
});
