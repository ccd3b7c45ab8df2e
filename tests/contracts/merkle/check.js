// Judges a batch of proofs (JSON on stdin) with @transmute/rfc9162 and prints where the verdict
// is not the expected one.
const { default: RFC9162 } = require("@transmute/rfc9162");
const { readFileSync } = require("node:fs");

// The library looks for a browser before each hash; failing without a stack trace takes half as long.
Error.stackTraceLimit = 0;

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const isPowerOfTwo = (size) => Number.isInteger(Math.log2(size));

async function acceptsInclusion(proof) {
  const leaf = await RFC9162.leaf(bytes(proof.entry));
  return RFC9162.verifyInclusionProof(bytes(proof.root), leaf, {
    log_id: "",
    tree_size: proof.size,
    leaf_index: proof.index,
    inclusion_path: proof.path.map(bytes),
  });
}

async function acceptsConsistency(proof) {
  const path = proof.path.map(bytes);
  // Step 2 of RFC 9162 section 2.1.4.2, which this library leaves to its caller.
  if (isPowerOfTwo(proof.old_size)) path.unshift(bytes(proof.old_root));
  return RFC9162.verifyConsistencyProof(bytes(proof.old_root), bytes(proof.new_root), {
    log_id: "",
    tree_size_1: proof.old_size,
    tree_size_2: proof.new_size,
    consistency_path: path,
  });
}

async function main() {
  const { inclusions, consistencies } = JSON.parse(readFileSync(0, "utf8"));
  const disagreements = [];
  const judge = async (proofs, accepts) => {
    for (const proof of proofs) {
      if ((await accepts(proof)) !== proof.valid) disagreements.push(proof);
    }
  };
  await judge(inclusions, acceptsInclusion);
  await judge(consistencies, acceptsConsistency);
  const judged = [inclusions.length, consistencies.length];
  console.log(JSON.stringify({ judged, disagreements }));
}

main();
