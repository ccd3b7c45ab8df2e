/* Ed25519 verification (RFC 8032 section 5.1.7), for browsers that do not bring it along. Nothing
   here is secret, so nothing need take the same time for every input. */
"use strict";

const P = (1n << 255n) - 19n;
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
const mod = (n) => ((n % P) + P) % P;

function power(base, exponent) {
  let answer = 1n;
  for (base = mod(base); exponent; exponent >>= 1n, base = mod(base * base)) {
    if (exponent & 1n) answer = mod(answer * base);
  }
  return answer;
}

const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const IDENTITY = [0n, 1n, 1n, 0n];

function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D), d = mod(2n * z1 * z2);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(scalar, point) {
  let answer = IDENTITY;
  for (; scalar; scalar >>= 1n, point = add(point, point)) {
    if (scalar & 1n) answer = add(answer, point);
  }
  return answer;
}

const number = (bytes) => bytes.reduceRight((sum, one) => (sum << 8n) | BigInt(one), 0n);

/** The point these 32 bytes stand for; null: none. */
function pointOf(bytes) {
  const whole = number(bytes), sign = whole >> 255n, y = whole & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(x * x) !== square || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function bytesOf([x, y, z]) {
  const inverse = power(z, P - 2n), sign = mod(x * inverse) & 1n;
  let rest = mod(y * inverse) | (sign << 255n);
  return Uint8Array.from({ length: 32 }, () => { const one = Number(rest & 255n); rest >>= 8n; return one; });
}

const BASE = pointOf(Uint8Array.from({ length: 32 }, (_, n) => (n ? 0x66 : 0x58)));

/** Whether this key's owner signed these bytes. All three are Uint8Arrays: 32, any, 64 long. */
function verifyEd25519(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const point = pointOf(key), s = number(signature.subarray(32));
  if (point === null || s >= ORDER) return false;
  const told = new Uint8Array(64 + message.length);
  told.set(signature.subarray(0, 32));
  told.set(key, 32);
  told.set(message, 64);
  const k = number(sha512(told)) % ORDER, [x, y, z, t] = point;
  const expected = bytesOf(add(times(s, BASE), times(k, [mod(-x), y, z, mod(-t)])));
  return expected.every((one, n) => one === signature[n]);
}

/** What the browser's own cryptography says of it; null: it has no Ed25519. */
async function browserVerifies(key, message, signature) {
  try {
    const own = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", own, signature, message);
  } catch {
    return null;
  }
}
