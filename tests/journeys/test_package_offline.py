"""Evidence taken out in the browser, then opened by somebody who has nothing of ours: from the
disk, without a network, in a browser that knows no bureau."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from journeys.signing_in import sign_in
from journeys.test_counter import run_inside
from journeys.test_first_day import set_up
from journeys.test_one_dossier import PREPARE
from liuhen.engines.paper import offline

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CASE = """
from datetime import date
from liuhen.cases import case_files, filling
from liuhen.cases.case_files import CaseFacts
facts = CaseFacts("牧罚〔2026〕3号", "未建立养殖档案案", date(2026, 1, 4), (li, zhao), li, unit)
case = case_files.open(facts, by=li, at=now())
filling.fill(seen, case=case, by=li, at=now())
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """Where the package that the first journey fetched lies."""
    return tmp_path_factory.mktemp("court")


@pytest.fixture
def package(unpacked, tmp_path) -> Path:
    """A copy of it: each test may do with its own what it likes."""
    [folder] = unpacked.iterdir()
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    return copy


def opened(page: Page, package: Path) -> Page:
    page.context.set_offline(True)
    page.goto((package / "index.html").as_uri())
    return page


def verified(page: Page, package: Path) -> None:
    page.set_input_files("#folder", str(package))
    expect(page.locator("#verdict strong")).to_be_visible()


def first_film(package: Path) -> Path:
    return next(path for path in sorted(package.rglob("*.mp4")) if "原件" in path.name)


def test_1_evidence_is_taken_out_and_fetched(page, house, made_card, unpacked):
    page.goto(house.url)
    set_up(page, house.url, pack="luohe-livestock")
    run_inside(house, PREPARE.replace("CARD", repr(bytes(made_card))) + CASE)
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/cases/")
    page.get_by_role("link", name="牧罚〔2026〕3号").click()
    page.get_by_role("link", name="提取证据").click()
    boxes = page.locator("#pieces tbody input[type=checkbox]")
    for n in range(boxes.count()):
        boxes.nth(n).check()
    page.get_by_label("证明对象").fill("未建立养殖档案")
    page.get_by_label("内容摘要").fill("0:01 出示执法证件，0:02 检查养殖档案")
    page.get_by_label("另一名提取人").select_option(label="赵倩（130821002）")
    page.get_by_role("button", name="提取证据").click()
    expect(page.get_by_role("heading", name="ZJ-")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载证据包").click()
    with zipfile.ZipFile(Path(download.value.path())) as archive:
        archive.extractall(unpacked)


@pytest.mark.enforces("evidence_note", article="luohe-livestock:16")
def test_2_it_plays_and_verifies_from_the_disk_alone(page, package):
    opened(page, package)
    film = page.locator("video").first
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    assert film.evaluate("one => one.duration") == pytest.approx(4, abs=0.3)
    verified(page, package)
    expect(page.locator("#verdict .good strong")).to_contain_text("核验通过")
    for words in ("文件夹完整", "事件在签名的存证日志中", "检查点由该单位的密钥签名"):
        expect(page.locator("#verdict")).to_contain_text(words)
    expect(page.locator(".piece .result .good")).to_have_count(page.locator(".piece").count())
    page.locator(".piece .result summary").first.click()
    expect(page.locator(".piece .result table").first).to_contain_text("本文件的 SHA-256")


def test_3_one_changed_byte_is_found_and_explained(page, package):
    film = first_film(package)
    content = bytearray(film.read_bytes())
    content[len(content) // 2] ^= 1
    film.chmod(0o644)
    film.write_bytes(content)
    verified(opened(page, package), package)
    expect(page.locator("#verdict .bad strong")).to_contain_text("核验未通过")
    expect(page.locator("#verdict")).to_contain_text(film.name)
    wrong = page.locator(".piece .result .bad")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("哪怕只差一个字节")


@pytest.mark.parametrize("how", ["lacking", "more"])
def test_4_a_file_that_lacks_or_is_more_is_found(page, package, how):
    if how == "lacking":
        (package / "data/文字说明.pdf").unlink()
    else:
        (package / "data/音像资料/多余.mp4").write_bytes(b"x")
    verified(opened(page, package), package)
    expect(page.locator("#verdict .bad strong")).to_contain_text("核验未通过")
    expect(page.locator("#verdict .is-bad table")).to_contain_text(
        "缺少" if how == "lacking" else "清单以外"
    )


def test_5_one_film_alone_verifies_too_and_a_foreign_one_does_not(page, package, tmp_path):
    page.set_default_timeout(30_000)
    opened(page, package)
    page.set_input_files("#single", str(first_film(package)))
    expect(page.locator("#verdict .good strong")).to_contain_text("1 份音像资料")
    (tmp_path / "别的.mp4").write_bytes(b"foreign")
    page.set_input_files("#single", str(tmp_path / "别的.mp4"))
    expect(page.locator("#verdict .bad strong")).to_contain_text("不是本证据包")


def forged(page: Page, package: Path, change: str) -> list[str]:
    """Put something else into the page's own proofs; the titles of the checks that fail."""
    opened(page, package)
    page.evaluate(f"(() => {{ const first = DATA.pieces[0]; {change} }})()")
    verified(page, package)
    return page.locator(".is-bad > b").all_text_contents()


def test_6_a_forged_event_is_not_in_the_log(page, package):
    said = forged(page, package, "first.events[0].entry = first.events[0].entry.replace('2', '3');")
    assert any("事件在签名的存证日志中" in title for title in said)


def test_7_a_forged_checkpoint_is_not_signed(page, package):
    change = (
        r"const e = first.events[0]; e.proof = e.proof.replace(/\n(\d+)\n([^\n]{43}=)\n\n/,"
        r" (_, n, root) => `\n${Number(n) + 1}\n${root}\n\n`);"
    )
    assert any("密钥签名" in title for title in forged(page, package, change))


def test_8_another_key_signed_nothing_here(page, package):
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    spelled = (
        "const material = Uint8Array.from([1, ...{key}]), name = DATA.vkey.split('+')[0];"
        "const id = hex(sha256(utf8(name + '\\n'), material)).slice(0, 8);"
        "DATA.vkey = `${name}+${id}+${btoa(String.fromCharCode(...material))}`;"
    ).replace("{key}", json.dumps(list(other)))
    assert all("密钥签名" in title for title in forged(page, package, spelled))


def test_9_the_pages_own_cryptography_is_the_standards(page, package):
    """Against Python's: SHA-256 and SHA-512 of every length to three blocks, Ed25519 both ways."""
    key = Ed25519PrivateKey.generate()
    messages = [bytes(range(n % 256)) * (1 + n // 256) for n in range(0, 400, 13)]
    told = [[list(one), list(key.sign(one))] for one in messages]
    said = opened(page, package).evaluate(
        """async ([key, told]) => {
          const bytes = (list) => Uint8Array.from(list), wrong = [];
          for (const [message, signature] of told) {
            const data = bytes(message), own = bytes(signature);
            for (const [name, found] of [["SHA-256", sha256(data)], ["SHA-512", sha512(data)]]) {
              const right = new Uint8Array(await crypto.subtle.digest(name, data));
              if (!same(found, right)) wrong.push(`${name} ${data.length}`);
            }
            if (!verifyEd25519(bytes(key), data, own)) wrong.push(`refused ${data.length}`);
            own[data.length % 64] ^= 1;
            if (verifyEd25519(bytes(key), data, own)) wrong.push(`accepted ${data.length}`);
          }
          return wrong;
        }""",
        [list(key.public_key().public_bytes_raw()), told],
    )
    assert said == []


def test_a_tools_own_commands_on_the_page_work(package):
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "-c", "--quiet", name], cwd=package, check=True)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "data/存证/log.pem", "-rawin"]
    command += ["-in", "data/存证/checkpoint.txt", "-sigfile", "data/存证/checkpoint.sig"]
    subprocess.run(command, cwd=package, check=True, capture_output=True)


def test_the_page_loads_nothing_from_anywhere(page, package):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, package)
    assert all(url.startswith("file://") for url in asked)
    assert "http" not in offline.frame().split("<script>")[0]
