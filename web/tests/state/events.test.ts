import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Events } from '../../src/state/events';

class FakeSource {
  static readonly CLOSED = 2;
  static made: FakeSource[] = [];
  readyState = 1;
  onerror: (() => void) | null = null;
  onopen: (() => void) | null = null;
  close = vi.fn();
  addEventListener = vi.fn();
  constructor() {
    FakeSource.made.push(this);
  }
}

beforeEach(() => {
  FakeSource.made = [];
  vi.stubGlobal('EventSource', FakeSource);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function broken(readyState: number) {
  const events = new Events();
  const returned = vi.fn();
  events.onReturn(returned);
  events.open();
  FakeSource.made[0]!.onopen?.();
  FakeSource.made[0]!.readyState = readyState;
  FakeSource.made[0]!.onerror?.();
  vi.runAllTimers();
  return { events, returned };
}

test('a stream that breaks comes back by itself, and that is told', () => {
  const { returned } = broken(0);
  expect(FakeSource.made).toHaveLength(1);
  expect(returned).not.toHaveBeenCalled();
  FakeSource.made[0]!.onopen?.();
  expect(returned).toHaveBeenCalledOnce();
});

test('a stream that the browser gave up is opened again', () => {
  const { returned } = broken(FakeSource.CLOSED);
  expect(FakeSource.made).toHaveLength(2);
  FakeSource.made[1]!.onopen?.();
  expect(returned).toHaveBeenCalledOnce();
});

test('a stream that was closed stays closed', () => {
  const events = new Events();
  events.open();
  FakeSource.made[0]!.readyState = FakeSource.CLOSED;
  FakeSource.made[0]!.onerror?.();
  events.close();
  vi.runAllTimers();
  expect(FakeSource.made).toHaveLength(1);
});
