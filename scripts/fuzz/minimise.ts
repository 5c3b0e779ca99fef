/** The input with as much cut out as `fails` still holds without; at most a thousand attempts. */
export async function minimise(input: Buffer, fails: (input: Buffer) => Promise<boolean>): Promise<Buffer> {
  let smallest = input;
  let attempts = 0;
  for (let size = Math.ceil(input.length / 2); size >= 1 && attempts < 1_000; size = Math.floor(size / 2)) {
    for (let at = 0; at < smallest.length && attempts < 1_000; attempts++) {
      const shorter = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (await fails(shorter)) smallest = shorter;
      else at += size;
    }
  }
  return smallest;
}
