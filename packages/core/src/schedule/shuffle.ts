/**
 * The list in an order that the seed alone decides, the same on every machine: Fisher and Yates with the generator
 * sfc32, seeded by FNV-1a hashes of the text.
 */
export function shuffled<One>(list: readonly One[], seed: string): One[] {
  const next = randomWords(seed);
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const place = Math.floor((next() / 0x1_0000_0000) * (last + 1));
    const [one, other] = [order[last], order[place]];
    if (one === undefined || other === undefined) continue;
    order[last] = other;
    order[place] = one;
  }
  return order;
}

function randomWords(seed: string): () => number {
  let a = hash(seed, 0x811c9dc5);
  let b = hash(seed, 0x01000193);
  let c = hash(seed, 0x9e3779b9);
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
}

function hash(text: string, basis: number): number {
  let value = basis;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
