"""Chinese: 「你们清洗唱片吗」 is 「想找人清洗唱片」 as well."""

from collections.abc import Iterator

from intents.asking.shapes import Named, filled, shape

#: What a shop does to a thing that a customer brings.
_DOES = (
    r"清洗|清洁|清理|维修|修理|修复|修|包装|刻字|安装|更换|改|换|打磨|保养|洗|印|装裱|调音|"
    r"鉴定|翻新"
)
_YOU = r"(?:请问)?(?:你们|您们|贵店|店里)?(?:这里|那里|这儿)?"
_CAN = r"(?:可以|能不能|可不可以|能够|能|会|提供|有没有|是否)?(?:帮忙|帮我)?"

_SERVICE = shape(
    rf"{_YOU}{_CAN}(?P<what>(?:{_DOES})[^吗么]*?)(?:的?服务)?(?:吗|么)?",
    "可以帮我{what}吗",
    "能不能帮忙{what}",
    "可不可以{what}",
    "我想{what}",
    "想找人{what}",
    "有没有{what}的服务",
    "提供{what}服务吗",
    "在你们这里能{what}吗",
    "哪里可以{what}",
    "我需要{what}",
    "请问能{what}吗",
    price=("{what}多少钱", "{what}怎么收费", "{what}要多少钱"),
    time=("{what}要多久", "{what}需要几天", "多久能{what}好"),
)
_BUYS = shape(
    rf"{_YOU}(?:还)?(?:收购|回收|收|买)(?P<thing>[^吗么]+?)(?:吗|么)",
    "可以把{thing}卖给你们吗",
    "我想卖{thing}",
    "{thing}你们收吗",
    "想出手{thing}",
    "{thing}能卖给你们吗",
    "你们回收{thing}吗",
    "我有{thing}要卖",
    "哪里可以卖{thing}",
    "{thing}收不收",
    "想把{thing}卖掉",
    price=("{thing}收购价多少", "{thing}能卖多少钱"),
    time=("卖{thing}要多久",),
)
_HAS = shape(
    rf"{_YOU}(?:有没有|有卖|有|卖|出售)(?P<thing>[^吗么]+?)(?:卖)?(?:吗|么)?",
    "有没有{thing}",
    "你们有{thing}吗",
    "想问一下有{thing}吗",
    "我在找{thing}",
    "请问有{thing}吗",
    "你们那里有{thing}吗",
    "店里有{thing}吗",
    "哪里有{thing}",
    "想知道有没有{thing}",
    "你们提供{thing}吗",
    price=("{thing}多少钱", "{thing}什么价格"),
)
_MAY = shape(
    r"(?:请问)?我?(?:可以|能不能|可不可以|能)(?!帮)(?P<what>[^吗么]+?)(?:吗|么)?",
    "能不能{what}",
    "可不可以{what}",
    "我想{what}",
    "怎么{what}",
    "请问可以{what}吗",
    "{what}行吗",
    "想{what}可以吗",
    "是不是可以{what}",
    "想问一下能{what}吗",
    "{what}有什么要求吗",
    "允许{what}吗",
    price=("{what}要多少钱",),
    time=("多久之内可以{what}",),
)
_HOW = shape(
    r"(?:请问)?(?:我)?(?:怎么|如何|怎样)(?:才能|可以)?(?P<what>[^吗么呢]+)呢?",
    "如何{what}",
    "怎么才能{what}",
    "我想{what}，怎么弄",
    "{what}的流程是什么",
    "{what}要怎么操作",
    "不知道怎么{what}",
    "请问怎么{what}",
    "{what}需要做什么",
    "可以教我怎么{what}吗",
    "在哪里{what}",
    price=("{what}要多少钱",),
    time=("{what}要多久",),
)
_PRICED = shape(
    r"(?:请问)?(?P<thing>.+?)(?:要|是)?(?:多少钱|什么价格|怎么收费)",
    "{thing}什么价格",
    "{thing}怎么收费",
    "{thing}贵吗",
    "{thing}价格是多少",
    "{thing}要付多少",
    "想知道{thing}的价格",
    "请问{thing}多少钱",
    "{thing}收费吗",
    "{thing}费用是多少",
    "{thing}大概多少钱",
)
_ALL = (_SERVICE, _BUYS, _PRICED, _HAS, _HOW, _MAY)


def ways(plain: str, named: Named) -> Iterator[str]:
    """Yield other ways to ask a question, given without its marks."""
    for one in _ALL:
        if match := one.begins.fullmatch(plain):
            yield from filled(one, match.groupdict(default=""), named)
            return
