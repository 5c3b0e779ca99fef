/**
 * Results in the order of the items. The number of items that are started but not consumed is bounded. An
 * error is thrown in its turn; if the consumer stops, started items are awaited.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const underWay: Promise<PromiseSettledResult<R>>[] = [];
  try {
    for (const item of items) {
      underWay.push(settled(work(item)));
      if (underWay.length >= most) yield valueOf(await underWay.shift());
    }
    while (underWay.length > 0) yield valueOf(await underWay.shift());
  } finally {
    await Promise.all(underWay);
  }
}

async function settled<R>(result: Promise<R>): Promise<PromiseSettledResult<R>> {
  const [only] = await Promise.allSettled([result]);
  return only;
}

function valueOf<R>(outcome: PromiseSettledResult<R> | undefined): R {
  if (outcome?.status === "fulfilled") return outcome.value;
  throw outcome?.reason;
}
