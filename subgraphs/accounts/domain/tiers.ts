export const tiers = ['DEMO', 'STANDARD', 'PARTNER', 'INTERNAL'] as const;
export type Tier = (typeof tiers)[number];

export interface Limits {
  readonly perMinute: number;
  readonly perHour: number;
}

/** How many requests consumers of a tier may make where they have no limits of their own. */
export const tierLimits: Readonly<Record<Tier, Limits>> = {
  DEMO: { perMinute: 100, perHour: 1_000 },
  STANDARD: { perMinute: 300, perHour: 10_000 },
  PARTNER: { perMinute: 500, perHour: 30_000 },
  INTERNAL: { perMinute: 1_000, perHour: 60_000 },
};

/** Of a signed-in person, whose screens ask for more than they do. */
export const staffLimits: Limits = { perMinute: 600, perHour: 20_000 };
