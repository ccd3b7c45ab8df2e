"""A list of people as an Excel file: what is read from it, and the template to fill in.

The file's own words are Chinese whatever language the reader's pages have: files are passed on.
"""

from collections.abc import Iterable, Sequence

from django.utils import translation

from liuhen.engines.paper import tables
from liuhen.engines.paper.tables import EXAMPLE, Table
from liuhen.kernel.refusal import Refusal
from liuhen.people import errors, filled
from liuhen.people.filled import Row
from liuhen.people.roles import Role

HEADS = ("姓名", "登录名", "执法证号", "科室", "岗位一", "岗位二", "岗位三")
MOST_PEOPLE = 300
"""A county bureau has fewer people; a larger one sends two files."""

TABLE = Table("人员", HEADS, widths=(16, 20, 22, 24, 18, 18, 18), most=MOST_PEOPLE)
NOTES = (
    "一、在“人员”表中填写，每人一行，不要改动第一行的表头，不要合并单元格，不要填写公式。",
    "二、姓名、登录名必填。登录名只能使用文字、字母、数字以及 . _ - @，全系统不能重复。",
    "三、执法人员应填写执法证号；证号全系统不能重复，没有的不填。",
    "四、科室从下拉列表中选择，须先在“科室管理”中添加；没有的不填。",
    "五、岗位从下拉列表中选择，至多三个；系统、安全、审计三类管理员只能单独担任。",
    "六、岗位经主要负责人或系统管理员在“岗位调整”中确认后生效。",
    f"七、一次至多导入 {MOST_PEOPLE} 人。名字以“{EXAMPLE}”开头的行不导入。",
    "八、导入后显示一次初始口令，请打印或逐一告知本人；本人首次登录时须修改。",
)


def read(content: bytes) -> list[Row]:
    """The file's people. Refuses: RosterTooLarge, NotARoster, RosterHeads, RosterMerged,
    RosterEmpty, RosterTooLong."""
    try:
        return filled.rows_of(TABLE, content)
    except tables.TableFault as fault:
        raise refusal_of(fault) from fault


def refusal_of(fault: tables.TableFault) -> Refusal:
    match fault:
        case tables.TooLarge():
            return errors.RosterTooLarge(most=tables.MOST_BYTES >> 20)
        case tables.WrongHeads():
            return errors.RosterHeads(heads="、".join(HEADS))
        case tables.Merged():
            return errors.RosterMerged()
        case tables.Empty():
            return errors.RosterEmpty()
        case tables.TooLong():
            return errors.RosterTooLong(most=MOST_PEOPLE)
    return errors.NotARoster()


def template(units: Sequence[str]) -> bytes:
    """The file to fill in: an example, drop-downs for units and roles, how to do it."""
    with translation.override("zh-hans"):
        roles = [str(role.label) for role in Role]
    example = ("张三", "zhangsan", "HB1234567", units[0] if units else "", roles[0], "", "")
    offered = {"科室": units, "岗位一": roles, "岗位二": roles, "岗位三": roles}
    return tables.template(TABLE, example=example, offered=offered, notes=NOTES)


def with_faults(rows: Iterable[tuple[Row, str]]) -> bytes:
    """The same rows again, each with what is wrong with it; may be put right and sent in."""
    return tables.with_faults(TABLE, ((row.texts, said) for row, said in rows))
