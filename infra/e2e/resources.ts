/** Resources in the order they were taken; given back in the reverse order. Node 22 has neither `await using` nor a stack for it. */
export interface Resources extends AsyncDisposable {
  use<Resource extends AsyncDisposable>(resource: Resource): Resource;
  defer(giveBack: () => unknown): void;
}

/** Every resource is given back, also where giving one back fails; the first failure is thrown. */
export function createResources(): Resources {
  const owed: (() => unknown)[] = [];
  return {
    use(resource) {
      owed.push(() => resource[Symbol.asyncDispose]());
      return resource;
    },
    defer: (giveBack) => void owed.push(giveBack),
    async [Symbol.asyncDispose]() {
      const failures: unknown[] = [];
      for (const giveBack of owed.splice(0).reverse()) {
        try {
          await giveBack();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Runs `work` with resources that are given back when it ends, well or not. */
export async function withResources<Result>(work: (resources: Resources) => Promise<Result>): Promise<Result> {
  const resources = createResources();
  try {
    return await work(resources);
  } finally {
    await resources[Symbol.asyncDispose]();
  }
}
