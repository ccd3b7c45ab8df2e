/* The page: says what is in the package, plays it, takes the folder and tells what was found. */
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const LISTS = ["manifest-sha256.txt", "tagmanifest-sha256.txt"];
const byId = (id) => document.getElementById(id);

/** An element; `more` are its properties, the rest its children. */
function make(name, more = {}, ...children) {
  const made = Object.assign(document.createElement(name), more);
  made.append(...children.filter((one) => one !== null));
  return made;
}

const address = (path) => path.split("/").map(encodeURIComponent).join("/");
const pairs = (rows) => rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);

function copyButton(text) {
  const button = make("button", { type: "button", className: "plain" }, "复制");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "已复制";
    } catch {
      button.textContent = "请手动选中复制";
    }
  });
  return button;
}

function player(piece) {
  const told = `${piece.title} ${piece.number}`;
  if (!piece.view) return make("p", { className: "small" }, "浏览器不能直接播放这种格式，请用播放软件打开文件。");
  if (piece.kind === "photo") return make("img", { src: address(piece.view), alt: told });
  const isSound = piece.kind === "audio";
  // With a moment in its address a film shows a picture before anybody presses play.
  const media = make(isSound ? "audio" : "video",
    { src: address(piece.view) + (isSound ? "" : "#t=0.1"), controls: true, preload: "metadata", title: told });
  media.addEventListener("error", () => media.after(
    make("p", { className: "small" }, "浏览器没有读到或者不能播放这个文件。请确认整个文件夹都已复制，或者用播放软件打开文件。")));
  return media;
}

function markList(piece, media) {
  if (!piece.marks.length) return null;
  return make("details", { open: piece.marks.length <= 12 }, make("summary", {}, `重点时刻（${piece.marks.length} 处）`),
    make("ul", { className: "marks" }, ...piece.marks.map((mark) => {
      const go = make("button", { type: "button", className: "plain" }, mark.clock);
      go.addEventListener("click", () => { media.currentTime = mark.seconds; media.play?.(); });
      return make("li", {}, go, ` ${mark.words}`);
    })));
}

function show(piece) {
  const media = player(piece), heading = make("h3", {}, `${piece.no}. ${piece.title}　${piece.number}`);
  if (piece.tag) heading.append(make("span", { className: "tag" }, piece.tag));
  const box = make("article", { className: "piece", id: `piece-${piece.no}` }, heading, media,
    piece.view_note ? make("p", { className: "small" }, piece.view_note) : null,
    make("dl", {}, ...pairs(piece.facts)), markList(piece, media),
    make("details", {}, make("summary", {}, `证据流转（${piece.history.length} 次）`),
      make("table", {}, make("thead", {}, make("tr", {}, ...["时间", "事项", "人员"].map((one) => make("th", {}, one)))),
        make("tbody", {}, ...piece.history.map((row) => make("tr", {}, ...row.map((one) => make("td", {}, one))))))),
    make("div", { className: "result" }));
  byId("pieces").append(box);
}

function start() {
  document.title = `证据包 ${DATA.number}`;
  byId("agency").textContent = DATA.agency;
  byId("number").textContent = DATA.number;
  byId("facts").append(...pairs(DATA.facts));
  DATA.pieces.forEach(show);
  byId("papers").append(...DATA.papers.map(({ path, words }) =>
    make("li", {}, make("a", { href: address(path), target: "_blank" }, path.replace("data/", "")), `：${words}`)));
  byId("vkey").textContent = DATA.vkey;
  byId("vkey").after(" ", copyButton(DATA.vkey));
  byId("others").textContent = DATA.others;
  byId("commands").append(...DATA.commands.map(({ title, text }) =>
    make("div", {}, make("p", {}, `${title} `, copyButton(text)), make("pre", {}, text))));
}

/** path below the package's folder → File, of whatever was chosen around or within it. */
function within(files) {
  const named = [...files].map((file) => [(file.path || file.webkitRelativePath || file.name).normalize(), file]);
  const [mark] = named.map(([path]) => path).filter((path) => /(^|\/)bagit\.txt$/.test(path))
    .sort((one, other) => one.length - other.length);
  const head = mark === undefined ? null : mark.slice(0, -"bagit.txt".length);
  if (head === null) return null;
  return new Map(named.filter(([path]) => path.startsWith(head)).map(([path, file]) => [path.slice(head.length), file]));
}

async function hashed(files) {
  const total = [...files.values()].reduce((sum, file) => sum + file.size, 0), digests = new Map();
  const bar = byId("progress"), [line, words] = [bar.querySelector("progress"), bar.querySelector("span")];
  let done = 0;
  bar.hidden = false;
  for (const [path, file] of files) {
    words.textContent = path;
    digests.set(path, await digestOf(file, (bytes) => { done += bytes; line.value = total ? done / total : 1; }));
  }
  bar.hidden = true;
  return digests;
}

function told(check) {
  return make("li", { className: check.isGood ? "is-good" : "is-bad" },
    make("span", { className: "mark" }, check.isGood ? "✓ " : "✗ "), make("b", {}, check.title), `：${check.words}`,
    check.isGood ? null : make("div", {}, `这意味着：${check.means}`),
    make("details", { open: !check.isGood }, make("summary", {}, "看数字"),
      make("table", {}, make("tbody", {}, ...check.numbers.map(([name, value]) =>
        make("tr", {}, make("th", {}, name), make("td", {}, make("code", {}, value))))))));
}

function say(isGood, heading, ...more) {
  byId("verdict").replaceChildren(make("div", { className: `said ${isGood ? "good" : "bad"}` },
    make("strong", {}, heading), ...more.map((one) => (one instanceof Node ? one : make("p", {}, one)))));
}

async function checkPieces(digestBy) {
  const failed = [];
  let count = 0;
  for (const piece of DATA.pieces) {
    const digest = digestBy(piece), box = byId(`piece-${piece.no}`).querySelector(".result");
    box.replaceChildren();
    if (digest === undefined) continue;
    count += 1;
    const checks = await pieceChecks(piece, digest, DATA.vkey), isGood = checks.every((one) => one.isGood);
    if (!isGood) failed.push(piece);
    box.append(make("div", { className: `said ${isGood ? "good" : "bad"}` },
      make("strong", {}, isGood ? "核验通过" : "核验未通过"), make("ol", { className: "steps" }, ...checks.map(told))));
  }
  return { failed, count };
}

async function checkFolder(files) {
  const digests = await hashed(files), checks = [];
  try {
    const lists = await Promise.all(LISTS.map((name) => files.get(name)?.text() ?? ""));
    const lost = LISTS.filter((name) => !files.has(name)).map((name) => [name, ""]);
    checks.push(folderCheck([...lists.flatMap(manifestLines), ...lost], digests));
  } catch (wrong) {
    checks.push({ title: "文件夹完整", isGood: false, words: wrong.message, means: "清单被改动过。请换一份副本。", numbers: [] });
  }
  checks.push(placeCheck(DATA.extraction), await signatureCheck(DATA.extraction, DATA.vkey));
  const { failed, count } = await checkPieces((piece) => digests.get(piece.path));
  const lacking = DATA.pieces.length - count, isGood = !failed.length && !lacking && checks.every((one) => one.isGood);
  const steps = make("ol", { className: "steps" }, ...checks.map(told));
  if (isGood) {
    say(true, `核验通过：${count} 份音像资料与存证时逐字节一致`,
      "文件夹完整，存证日志和签名均相符。每份资料的核验步骤见下方该资料处。请再按第四部分比对公钥。", steps);
  } else {
    const names = failed.map((piece) => `第 ${piece.no} 份（${piece.number}）`).join("、");
    say(false, "核验未通过", names ? `有问题的资料：${names}。详见下方该资料处。` : "",
      lacking ? `有 ${lacking} 份音像资料不在所选文件夹中。` : "", steps);
  }
}

async function checkSingle(files) {
  const digests = await hashed(new Map([...files].map((file, n) => [`${n} ${file.name}`, file])));
  const own = new Set(digests.values());
  const stated = (piece) => JSON.parse(piece.events[0].entry).facts.sha256;
  const named = new Map([...files].map((file, n) => [file.name.normalize(), digests.get(`${n} ${file.name}`)]));
  const { failed, count } = await checkPieces((piece) =>
    (own.has(stated(piece)) ? stated(piece) : named.get(piece.path.split("/").pop())));
  if (!count) say(false, "所选文件不是本证据包中的音像资料", "文件的名称和内容都与本包所列的资料不同。");
  else if (failed.length) say(false, "核验未通过", "详见下方该资料处。");
  else say(true, `核验通过：所选的 ${count} 份音像资料与存证时逐字节一致`, "只核验了所选文件；要核验整个证据包，请选择文件夹。");
}

/** All that lies in a folder dropped here. Older browsers refuse it to a page opened from a disk. */
async function* filesOf(handle, path = "") {
  if (handle.kind === "file") {
    const file = await handle.getFile();
    yield Object.assign(file, { path: path + handle.name });
  } else {
    for await (const one of handle.values()) yield* filesOf(one, `${path}${handle.name}/`);
  }
}

async function dropped(event) {
  const handles = await Promise.all([...event.dataTransfer.items]
    .filter((one) => one.kind === "file").map((one) => one.getAsFileSystemHandle?.()));
  const files = [];
  for (const handle of handles) if (handle) for await (const file of filesOf(handle)) files.push(file);
  return files;
}

async function take(files, isFolder) {
  try {
    const found = within(files);
    if (found) await checkFolder(found);
    else if (isFolder || !files.length) say(false, "所选文件夹不是本证据包", "请选择 index.html 所在的文件夹，不要只选其中的子文件夹。");
    else await checkSingle(files);
  } catch (wrong) {
    byId("progress").hidden = true;
    say(false, "没有读完所选的文件", `${wrong.message}。光盘或者U盘可能已损坏，或者浏览器没有读取权限；请把整个文件夹复制到电脑上重试。`);
  }
}

start();
byId("folder").addEventListener("change", (event) => take([...event.target.files], true));
byId("single").addEventListener("change", (event) => take([...event.target.files], false));
const drop = byId("drop");
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  try {
    const files = await dropped(event);
    if (files.length) await take(files, false);
    else throw new Error("浏览器没有交出文件夹");
  } catch {
    say(false, "这个浏览器不支持拖入文件夹", "请点击“选择本文件夹”。");
  }
});
