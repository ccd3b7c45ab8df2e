/* The log's own forms: c2sp.org/tlog-proof, tlog-checkpoint, signed-note; hashing as RFC 9162. */
"use strict";

const utf8 = (text) => new TextEncoder().encode(text);
const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const same = (one, other) => one.length === other.length && one.every((byte, n) => byte === other[n]);

const leafHash = (entry) => sha256(Uint8Array.of(0), entry);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** {index, path, note} of a proof file. Throws on any other form. */
function proofOf(text) {
  const gap = text.indexOf("\n\n"), lines = text.slice(0, gap).split("\n");
  if (gap < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("不是 C2SP 存证证明文件");
  if (lines[0].startsWith("extra ")) lines.shift();
  const index = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift());
  if (!index) throw new Error("存证证明缺少序号");
  return { index: BigInt(index[1]), path: lines.map(fromBase64), note: text.slice(gap + 2) };
}

/** {text, origin, size, root, signatures: [{name, id, signature}]} of a signed checkpoint. */
function checkpointOf(note) {
  const gap = note.lastIndexOf("\n\n"), text = note.slice(0, gap + 1);
  const [origin, size, root] = text.split("\n");
  if (gap < 0 || !/^\d+$/.test(size)) throw new Error("检查点的格式不对");
  const signatures = note.slice(gap + 2).trimEnd().split("\n").map((line) => {
    const [dash, name, encoded] = line.split(" "), blob = fromBase64(encoded);
    if (dash !== "\u2014") throw new Error("签名行的格式不对");
    return { name, id: hex(blob.subarray(0, 4)), signature: blob.subarray(4) };
  });
  return { text, origin, size: BigInt(size), root: fromBase64(root), signatures };
}

/** {name, id, key} of a public key. Throws unless its number is this key's. */
function keyOf(vkey) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)\s*$/.exec(vkey) || [];
  if (!name) throw new Error("公钥的格式不对");
  const material = fromBase64(encoded);
  const named = hex(sha256(utf8(`${name}\n`), material)).slice(0, 8);
  if (material.length !== 33 || material[0] !== 1 || named !== id) throw new Error("公钥与其编号不符");
  return { name, id, key: material.subarray(1) };
}

/** The root the path leads to, with each step; RFC 9162 section 2.1.3.2. Throws if it cannot fit. */
function rootBy(leaf, index, size, path) {
  if (index >= size) throw new Error("序号超出日志的条数");
  let node = index, last = size - 1n, hash = leaf;
  const steps = [];
  for (const beside of path) {
    if (last === 0n) throw new Error("路径过长");
    const isLeft = Boolean(node & 1n) || node === last;
    hash = isLeft ? nodeHash(beside, hash) : nodeHash(hash, beside);
    steps.push({ beside, isLeft, hash });
    if (isLeft) while (node && !(node & 1n)) { node >>= 1n; last >>= 1n; }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw new Error("路径过短");
  return { root: hash, steps };
}
