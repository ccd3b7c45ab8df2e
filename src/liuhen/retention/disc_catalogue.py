"""What a disc says about itself: a table of contents to read and to sort, and two manifests.

Each disc lists the whole set, so that whoever holds one knows what the others hold.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from html import escape

from liuhen.cases.dossier_files import FORMULA, MANIFEST, SM3_MANIFEST, manifest
from liuhen.kernel.clock import in_china
from liuhen.retention.models import DiscFile, DiscImage, DiscSet

PAGE, TABLE = "目录.html", "目录.csv"
HEADS = ("序号", "光盘", "时间", "名称", "文件", "大小（字节）", "SHA-256", "SM3")

HTML = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title} 光盘目录</title>
<style>body{{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #999;padding:.3em .5em;\
text-align:left;vertical-align:top}}code{{word-break:break-all;font-size:.85em}}</style></head>
<body><h1>{title}</h1>
<p>{agency}　光盘编号 {number}　第 {no} 张，共 {of} 张　{made}</p>
<p>本光盘中的音像资料和文书材料均为原件的复制件，与原件逐字节一致。核对方法：在本光盘根目录运行
<code>sha256sum -c {manifest}</code>；在 Windows 中可对单个文件运行
<code>certutil -hashfile 文件名 SHA256</code>，与下表比对。</p>
<table><thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table></body></html>
"""


def texts_of(
    image: DiscImage, files: Sequence[DiscFile], whole: Sequence[DiscFile]
) -> dict[str, bytes]:
    """By name, at the disc's top.

    Args:
        files: what lies on this disc.
        whole: what lies on all discs of the set, with their images; its order is the table's.
    """
    page = page_of(image, whole).encode()
    table = table_of(whole)
    sm3 = manifest((one.sm3, one.path) for one in files)
    sha256 = [(one.sha256, one.path) for one in files]
    beside = {PAGE: page, TABLE: table, SM3_MANIFEST: sm3}
    sha256 += [(hashlib.sha256(content).hexdigest(), name) for name, content in beside.items()]
    return {**beside, MANIFEST: manifest(sha256)}


def rows_of(whole: Sequence[DiscFile]) -> list[list[str]]:
    return [
        [
            str(n),
            f"第 {one.image.no} 张",
            f"{in_china(one.at):%Y-%m-%d %H:%M:%S}",
            one.title,
            one.path,
            str(one.size_bytes),
            one.sha256,
            one.sm3,
        ]
        for n, one in enumerate(whole, 1)
    ]


def table_of(whole: Sequence[DiscFile]) -> bytes:
    """For Excel; what begins like a formula is text."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEADS)
    for row in rows_of(whole):
        table.writerow([f"'{word}" if word.startswith(FORMULA) else word for word in row])
    return text.getvalue().encode("utf-8-sig")


def page_of(image: DiscImage, whole: Sequence[DiscFile]) -> str:
    disc_set: DiscSet = image.disc_set
    cells = [[escape(word) for word in row] for row in rows_of(whole)]
    for row, one in zip(cells, whole, strict=True):
        row[6], row[7] = f"<code>{row[6]}</code>", f"<code>{row[7]}</code>"
        if one.image_id == image.pk:
            row[4] = f'<a href="{address(one.path)}">{row[4]}</a>'
    return HTML.format(
        title=escape(disc_set.title),
        agency=escape(disc_set.agency.name),
        number=disc_set.number,
        no=image.no,
        of=max(one.image.no for one in whole),
        made=f"{in_china(disc_set.made_at):%Y年%-m月%-d日}",
        manifest=MANIFEST,
        heads="".join(f"<th>{one}</th>" for one in HEADS),
        rows="\n".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells),
    )


def address(path: str) -> str:
    """Relative to the disc's top: what means something in an address is written out."""
    return escape(path.replace("%", "%25").replace("#", "%23").replace("?", "%3F"))
