/* What is checked, in the order it is told. Every check is {title, isGood, words, means, numbers}:
   `means` stands beside a failure, `numbers` are [name, value] to look at. */
"use strict";

const CHUNK = 4 << 20;

/** The file's SHA-256 in hexadecimal, read piece by piece; `tell` hears of each piece's bytes. */
async function digestOf(file, tell) {
  const hasher = new Sha256();
  for (let at = 0; at < file.size; at += CHUNK) {
    const part = new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
    hasher.update(part);
    tell(part.length);
  }
  return hex(hasher.digest());
}

function fileCheck(piece, found, event) {
  const stated = JSON.parse(event.entry).facts.sha256, isGood = found === stated;
  return {
    title: "文件的校验值与存证事件一致",
    isGood,
    words: isGood
      ? `由这个文件的全部内容算出的校验值，与“${event.title}”事件中记载的相同。`
      : `由这个文件的全部内容算出的校验值，与“${event.title}”事件中记载的不同。`,
    means: "文件内容与存证时不同，哪怕只差一个字节也会这样。可能是文件被修改过，也可能是复制出错、光盘或者U盘损坏。"
      + "请换一份副本重新核验；原件保存在提取单位，可以要求比对原件。",
    numbers: [["本文件的 SHA-256", found], ["事件中的 SHA-256", stated]],
  };
}

/** An excerpt's event names the original it was cut from. */
function originCheck(cut, sealed) {
  const named = JSON.parse(cut.entry).facts.derived_from, original = JSON.parse(sealed.entry).facts.sha256;
  return {
    title: "节选确由封存的原件截取",
    isGood: named === original,
    words: named === original
      ? "“截取节选”事件中写明的原件校验值，与“封存入库”事件中的相同。"
      : "“截取节选”事件中写明的原件校验值，与“封存入库”事件中的不同。",
    means: "不能证明这段节选来自所称的原件。请向提取单位要求提供原件。",
    numbers: [["节选事件写明的原件", named], ["封存事件中的 SHA-256", original]],
  };
}

function placeCheck(event) {
  const leaf = leafHash(utf8(event.entry));
  const check = {
    title: `“${event.title}”事件在签名的存证日志中`,
    isGood: false,
    words: "事件按证明文件中的路径逐级计算，得不到检查点记载的总校验值。",
    means: "事件内容被改动过，或者证明文件与事件不配套。请向提取单位要求重新提供存证证明。",
    numbers: [["事件原文", event.entry], ["事件的校验值", hex(leaf)]],
  };
  try {
    const proof = proofOf(event.proof), head = checkpointOf(proof.note);
    const { root, steps } = rootBy(leaf, proof.index, head.size, proof.path);
    steps.forEach((step, n) => check.numbers.push(
      [`第 ${n + 1} 步`, `${step.isLeft ? "左边" : "右边"}接上 ${hex(step.beside)}，得 ${hex(step.hash)}`]));
    check.numbers.push(["算出的总校验值", hex(root)], ["检查点中的总校验值", hex(head.root)]);
    check.isGood = same(root, head.root);
    if (check.isGood) {
      check.words = `它是日志中的第 ${proof.index + 1n} 条（共 ${head.size} 条）：从事件的校验值出发，`
        + `按证明文件计算 ${steps.length} 步，得到的总校验值与检查点记载的相同。`;
    }
  } catch (wrong) {
    check.numbers.push(["问题", wrong.message]);
  }
  return check;
}

async function signatureCheck(event, vkey) {
  const check = {
    title: "检查点由该单位的密钥签名",
    isGood: false,
    words: "检查点上没有与所附公钥相符的签名。",
    means: "检查点不是持有这个公钥的单位签名的，或者签名以后被改动过。不能采信，请向提取单位核实。",
    numbers: [],
  };
  try {
    const owner = keyOf(vkey), head = checkpointOf(proofOf(event.proof).note);
    const line = head.signatures.find((one) => one.name === owner.name && one.id === owner.id);
    check.numbers.push(["检查点", head.text], ["公钥（Ed25519）", hex(owner.key)]);
    if (!line) return check;
    const own = verifyEd25519(owner.key, utf8(head.text), line.signature);
    const browsers = await browserVerifies(owner.key, utf8(head.text), line.signature);
    check.numbers.push(
      ["签名", hex(line.signature)],
      ["浏览器自带的密码算法", browsers === null ? "不支持 Ed25519，未用" : browsers ? "相符" : "不符"],
    );
    check.isGood = head.origin === owner.name && own && browsers !== false;
    if (check.isGood) check.words = `日志“${owner.name}”的检查点，签名与公钥相符。`;
  } catch (wrong) {
    check.numbers.push(["问题", wrong.message]);
  }
  return check;
}

/** All checks of one piece whose file has this digest. */
async function pieceChecks(piece, digest, vkey) {
  const [first, second] = piece.events, checks = [fileCheck(piece, digest, first)];
  if (second) checks.push(originCheck(first, second));
  for (const event of piece.events) checks.push(placeCheck(event));
  for (const event of piece.events) checks.push(await signatureCheck(event, vkey));
  return checks;
}

/** [path, digest] of each line of a BagIt manifest. */
const manifestLines = (text) => text.split("\n").filter(Boolean).map((line) => {
  const [, digest, path] = /^([0-9a-f]{64}) +(.+)$/.exec(line) || [];
  if (!path) throw new Error(`清单中有无法识别的一行：${line}`);
  return [path.replace(/%0D/gi, "\r").replace(/%0A/gi, "\n").replace(/%25/g, "%").normalize(), digest];
});

/** What systems lay down by themselves in a folder somebody looks at. */
const LITTER = /(^|\/)(Thumbs\.db|desktop\.ini|\.DS_Store|\._[^/]*)$/i;

/** The folder as a whole: nothing lacks, nothing is changed, nothing is added. */
function folderCheck(listed, digests) {
  const there = new Set(listed.map(([path]) => path));
  const wrong = listed.filter(([path, digest]) => digests.has(path) && digests.get(path) !== digest);
  const lacking = listed.filter(([path]) => !digests.has(path));
  const more = [...digests.keys()].filter(
    (path) => path.startsWith("data/") && !there.has(path) && !LITTER.test(path));
  const isGood = !wrong.length && !lacking.length && !more.length;
  return {
    title: "文件夹完整",
    isGood,
    words: isGood
      ? `清单所列 ${listed.length} 个文件一个不少，内容都与清单一致，没有混入其他文件。`
      : "文件夹中的文件与清单不一致。",
    means: "有文件缺失、被改动或者混入。请换一份副本重新核验，或者向提取单位核实。",
    numbers: [
      ...wrong.map(([path]) => ["内容不同", path]),
      ...lacking.map(([path]) => ["缺少", path]),
      ...more.map((path) => ["清单以外", path]),
    ],
  };
}
