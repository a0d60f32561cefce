import { z } from 'zod';

export const faultSchema = z
  .strictObject({
    loc: z
      .array(z.union([z.string(), z.int()]))
      .meta({ description: 'Où : body, query, path ou header, puis les noms et indices qui y mènent.' }),
    msg: z.string().meta({ description: 'Ce qui ne va pas, en clair.' }),
    type: z.string().meta({ description: 'Ce qui ne va pas, pour un programme.' }),
  })
  .meta({ id: 'Faute' });

export const errorSchema = z.strictObject({ detail: z.string() }).meta({ id: 'Erreur' });

export const faultsSchema = z.strictObject({ detail: z.array(faultSchema) }).meta({ id: 'DonneesInvalides' });
