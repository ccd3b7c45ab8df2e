"""What kind of enforcement a line of a matter list is, told from its own words."""

from liuhen.cases.models import MatterKind

K = MatterKind
WORDS: tuple[tuple[tuple[str, ...], MatterKind], ...] = (
    (("留置送达",), K.SERVICE_BY_LEAVING),
    (("公告送达",), K.SERVICE_BY_NOTICE),
    (("听证",), K.HEARING),
    (("强制", "查封", "扣押"), K.COERCIVE_MEASURE),
    (("证据保全", "先行登记", "登记保存"), K.REGISTRATION),
    (("投诉", "举报"), K.COMPLAINT_CALL),
    (("送达",), K.SERVICE),
    (("询问", "调查", "取证", "勘验"), K.INVESTIGATION),
    (("检查", "巡查", "抽样", "抽检"), K.INSPECTION),
    (("现场",), K.ON_SITE),
)
"""The narrower before the wider: 留置送达 is 送达, too."""


def kind_of(*texts: str) -> MatterKind:
    """By the first of `texts` that tells (a line's stage before its name); `other` if none does."""
    for text in texts:
        for words, kind in WORDS:
            if any(word in text for word in words):
                return kind
    return K.OTHER
