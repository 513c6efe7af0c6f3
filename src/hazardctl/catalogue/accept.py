"""Words of `hazardctl accept`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "accept.about": (
        "Accept the returns of the units below one, which freezes them.",
        "认可下级单位的报送，认可后下级不能再改。",
    ),
    "accept.examples": (
        (
            "hazardctl accept dachuan --period 2022-08      the returns of all its children\n"
            "hazardctl accept chengguan --period 2022-08    one unit's return"
        ),
        (
            "hazardctl accept dachuan --period 2022-08      认可其全部下级的报送\n"
            "hazardctl accept chengguan --period 2022-08    认可一个单位的报送"
        ),
    ),
    "accept.by": ("who accepts; without it, the name of the login", "认可人；不写时用登录名"),
    "accept.done": ("accepted: {units}", "已认可：{units}"),
    "accept.before": ("accepted before: {units}", "此前已认可：{units}"),
    "accept.moved": (
        "changed since it was sent; what is accepted, and will be frozen, is what was sent: {units}",
        "报送后台账或填报数又有改动，认可和封存的是当时报送的内容：{units}",
    ),
    "accept.missing": ("nothing to accept yet: {units}", "尚无报送可认可：{units}"),
    "accept.allowed": (
        "whose keys count, instead of the superior's own allowed_signers",
        "以此文件为准判断谁的公钥有效，不用上级文件夹里的 allowed_signers",
    ),
    "accept.refused": (
        "not accepted, since the signature does not stand: {units}",
        "签名不成立，未认可：{units}",
    ),
}
