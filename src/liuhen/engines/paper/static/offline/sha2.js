/* SHA-256 and SHA-512 (FIPS 180-4). Written out here because the browser's own digest wants a whole
   file in memory, and a recording has gigabytes. The constants are worked out as the standard defines
   them: the first bits of the square and cube roots of the first primes. */
"use strict";

const MASK = (1n << 64n) - 1n;

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((one) => n % one)) found.push(n);
  return found.map(BigInt);
}

/** The whole part of the root of this degree of n, by Newton's method. */
function root(n, degree) {
  let guess = 1n << (BigInt(n.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * guess + n / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

const START = primes(8).map((one) => root(one << 128n, 2n) & MASK);
const ROUNDS = primes(80).map((one) => root(one << 192n, 3n) & MASK);
const high = (words) => Int32Array.from(words, (one) => Number(BigInt.asIntN(32, one >> 32n)));
const START_32 = high(START), ROUNDS_32 = high(ROUNDS.slice(0, 64));

/** Fed piece by piece; `digest` ends it. */
class Sha256 {
  constructor() {
    this.state = START_32.slice();
    this.words = new Int32Array(64);
    this.rest = new Uint8Array(64);
    this.kept = 0;
    this.bytes = 0;
  }

  update(data) {
    this.bytes += data.length;
    let at = 0;
    if (this.kept) {
      at = Math.min(64 - this.kept, data.length);
      this.rest.set(data.subarray(0, at), this.kept);
      this.kept += at;
      if (this.kept < 64) return this;
      this.block(this.rest, 0);
      this.kept = 0;
    }
    for (; at + 64 <= data.length; at += 64) this.block(data, at);
    this.rest.set(data.subarray(at));
    this.kept = data.length - at;
    return this;
  }

  block(data, at) {
    const w = this.words, h = this.state;
    for (let n = 0; n < 16; n++, at += 4) {
      w[n] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
    }
    for (let n = 16; n < 64; n++) {
      const x = w[n - 15], y = w[n - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[n] = (w[n - 16] + s0 + w[n - 7] + s1) | 0;
    }
    let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], i = h[7];
    for (let n = 0; n < 64; n++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (i + s1 + ((e & f) ^ (~e & g)) + ROUNDS_32[n] + w[n]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      i = g; g = f; f = e; e = (d + t1) | 0;
      d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += i;
  }

  digest() {
    const bits = this.bytes * 8, end = new Uint8Array(this.kept < 56 ? 64 : 128);
    end.set(this.rest.subarray(0, this.kept));
    end[this.kept] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits >>> 0);
    for (let at = 0; at < end.length; at += 64) this.block(end, at);
    const answer = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, n) => answer.setInt32(4 * n, word));
    return new Uint8Array(answer.buffer);
  }
}

const sha256 = (...parts) => parts.reduce((one, part) => one.update(part), new Sha256()).digest();

/** Of a short message: a signature's. */
function sha512(message) {
  const size = Math.ceil((message.length + 17) / 128) * 128, data = new Uint8Array(size);
  data.set(message);
  data[message.length] = 0x80;
  const view = new DataView(data.buffer), h = START.slice();
  view.setBigUint64(size - 8, BigInt(message.length) * 8n);
  const turn = (x, n) => ((x >> n) | (x << (64n - n))) & MASK;
  for (let at = 0; at < size; at += 128) {
    const w = Array.from({ length: 16 }, (_, n) => view.getBigUint64(at + 8 * n));
    for (let n = 16; n < 80; n++) {
      const s0 = turn(w[n - 15], 1n) ^ turn(w[n - 15], 8n) ^ (w[n - 15] >> 7n);
      const s1 = turn(w[n - 2], 19n) ^ turn(w[n - 2], 61n) ^ (w[n - 2] >> 6n);
      w.push((w[n - 16] + s0 + w[n - 7] + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, i] = h;
    for (let n = 0; n < 80; n++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = i + s1 + ((e & f) ^ (~e & MASK & g)) + ROUNDS[n] + w[n];
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [i, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
    }
    [a, b, c, d, e, f, g, i].forEach((word, n) => { h[n] = (h[n] + word) & MASK; });
  }
  const answer = new DataView(new ArrayBuffer(64));
  h.forEach((word, n) => answer.setBigUint64(8 * n, word));
  return new Uint8Array(answer.buffer);
}

const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
