/** Which known word a mistyped one was meant to be. */

/** The known word closest to the written one, if it is close enough to be a slip of the finger. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const word = written.toLowerCase();
  let best: string | undefined;
  // One slip per three letters; names as short as h1 and h2 are all near each other and say nothing.
  let bestDistance = Math.floor(word.length / 3) + 1;
  for (const candidate of known) {
    const target = candidate.toLowerCase();
    // Half a word of three letters or more is taken for the whole: `addr` for `address`.
    const isStart = word.length >= 3 && target.startsWith(word);
    const distance = isStart ? 1 : editDistance(word, target, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** "Did you mean `image`?", or nothing where no known word is near. */
export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  const word = nearest(written, known);
  return word === undefined ? undefined : `Did you mean \`${word}\`?`;
}

/** Edits (insert, delete, replace, swap of neighbours) between two words; stops counting at `limit`. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return Math.min(last[other.length] ?? limit, limit);
}
