import { describe, expect, it } from 'vitest';
import { addSample, recentRate, type Sample, secondsLeft } from './rate.ts';

const sampled = (...samples: Sample[]) => samples.reduce<Sample[]>(addSample, []);

describe('rate and remaining time of a batch', () => {
  it('says nothing before it has seen two moments', () => {
    expect(recentRate(sampled({ at: 0, completed: 0 }), 1_000)).toBeNull();
  });

  it('measures results per second', () => {
    expect(recentRate(sampled({ at: 0, completed: 0 }, { at: 2_000, completed: 500 }), 2_000)).toBe(250);
  });

  it('follows the last seconds rather than the whole life', () => {
    const samples = sampled({ at: 0, completed: 0 }, { at: 60_000, completed: 60 }, { at: 61_000, completed: 1_060 });
    expect(recentRate(samples, 61_000)).toBeCloseTo(1_060 / 61, 5);
    const later = addSample(addSample(samples, { at: 80_000, completed: 20_060 }), { at: 81_000, completed: 21_060 });
    expect(recentRate(later, 81_000)).toBeCloseTo(1_000, 5);
  });

  it('falls while nothing comes', () => {
    const samples = sampled({ at: 0, completed: 0 }, { at: 1_000, completed: 100 });
    expect(recentRate(samples, 10_000)).toBe(10);
  });

  it('gives the time that is left', () => {
    expect(secondsLeft(1_000, 400, 100)).toBe(6);
    expect(secondsLeft(1_000, 400, null)).toBeNull();
    expect(secondsLeft(1_000, 400, 0)).toBeNull();
  });
});
