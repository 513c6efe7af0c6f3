"""Names of units as offices write them: what makes no difference, and what is left out for short."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hazardctl import text
from hazardctl.cells import numerals

# Characters of the names of places and offices, as they are written where the simplified forms are not used.
_TRADITIONAL = (
    "鎮镇鄉乡縣县區区門门東东廣广龍龙馬马橋桥陽阳興兴華华園园學学廠厂場场醫医銀银監监獄狱衛卫務务處处辦办會会員员組组隊队總总機机關关觀观雲云灣湾島岛嶺岭溝沟營营寶宝貝贝長长慶庆樂乐榮荣聯联際际國国黨党團团"
    "體体業业農农漁渔鐵铁電电訊讯報报書书館馆術术實实驗验範范職职藝艺檢检測测護护養养療疗準准運运輸输車车軍军貿贸財财產产資资環环鹽盐莊庄爾尔寧宁濟济漢汉滙汇羅罗趙赵劉刘張张陳陈楊杨黃黄吳吴孫孙鄭郑馮冯蔣蒋"
    "韓韩許许鄧邓蕭萧葉叶蘇苏盧卢鍾钟戶户裏里裡里後后臺台岡冈崗岗塹堑壩坝"
)
_SIMPLE = dict(zip(map(ord, _TRADITIONAL[::2]), _TRADITIONAL[1::2], strict=True))
_TRADITIONAL_SIGNS = frozenset(_TRADITIONAL[::2])
_SHORT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(long), short)
    for long, short in (
        (r"街道办事处|街道办公室|街道办|街办", "街道"),
        (r"([镇乡])(?:人民)?政府", r"\1"),
        (r"人民政府", "政府"),
        (r"社区居民委员会|社区居委会", "社区"),
        (r"村民委员会|村委会", "村"),
        (r"股份有限公司|有限责任公司|有限公司|股份公司", "公司"),
        (r"监督管理", "监管"),
        (r"人力资源和社会保障", "人社"),
        (r"住房和城乡建设", "住建"),
        (r"卫生健康", "卫健"),
        (r"城市管理", "城管"),
        (r"应急管理", "应急"),
        (r"委员会", "委"),
        (r"分局", "局"),
        (r"管理局", "局"),
    )
)
_KINDS = {"中学": "中", "小学": "小", "幼儿园": "幼"}
_SCHOOL_SIGNS = frozenset("中小幼")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_SCHOOL = re.compile(rf"第?({_NUMERAL}|\d{{1,2}})(中学|小学|幼儿园|[中小]$)", re.MULTILINE)
_NUMBER = re.compile(rf"第({_NUMERAL})")
_STREET = re.compile(r"(?<=..)街道$", re.MULTILINE)
_ABOVE = re.compile(r"^(?:.{2,6}?(?:省|自治区|市|区|县|旗)){1,3}(?=.{3})", re.MULTILINE)
_NOTHING = re.compile(r"[^\w\n]+|_+")


def bones(name: str) -> str:
    """Give what two spellings of one unit's name have in common.

    Blanks, width, brackets, traditional characters and numerals make no difference, and neither do the words that an
    office leaves out for short: 街道办事处 街道, 分局 局, 有限责任公司 公司, 第一中学 一中. A 镇 and a 街道 stay two.
    """
    return _bones(name.replace("\n", " "))


def all_bones(names: Sequence[str]) -> list[str]:
    """Give the bones of many names, as `bones` does of each."""
    return text.each(_bones, [name.replace("\n", " ") for name in names])


def without_place(whole: str) -> str:
    """Leave the city and county out of a name's bones: 达州市达川区百节镇司法所 is 百节镇司法所."""
    return _ABOVE.sub("", whole)


def _bones(names: str) -> str:
    """Give the bones of the names in a text, one on each line."""
    plain = text.fold(names)
    signs = set(plain)  # few, however many names there are: what none of them calls for is left undone
    if not "".join(signs - {"\n"}).isalnum():
        plain = _NOTHING.sub("", plain)
    if plain.isascii():
        return plain
    if not _TRADITIONAL_SIGNS.isdisjoint(signs):
        plain = plain.translate(_SIMPLE)
    if not _SCHOOL_SIGNS.isdisjoint(signs):
        plain = _SCHOOL.sub(_numbered, plain)
    plain = _NUMBER.sub(lambda found: f"第{_number(found[1])}", plain)
    for long, short in _SHORT:
        plain = long.sub(short, plain)
    return _STREET.sub("", plain)


def _numbered(found: re.Match[str]) -> str:
    return f"第{_number(found[1])}{_KINDS.get(found[2], found[2])}"


def _number(said: str) -> str:
    return said if said.isdigit() else str(numerals.integer(said) or said)
