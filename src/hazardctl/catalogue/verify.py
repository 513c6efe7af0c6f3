"""Words of `hazardctl verify`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "verify.about": (
        "Tell who signed the returns of a period, and whether they are what was signed.",
        "核对报送的签名：谁签的，签的是不是这些内容。",
    ),
    "verify.examples": (
        (
            "hazardctl verify --period 2022-08\n"
            "hazardctl verify chengguan --period 2022-08 --allowed-signers keys/allowed_signers"
        ),
        (
            "hazardctl verify --period 2022-08\n"
            "hazardctl verify chengguan --period 2022-08 --allowed-signers keys/allowed_signers"
        ),
    ),
    "verify.units": ("units, with those below them; without any, all", "单位，连同其下级；不写时为全部"),
    "verify.format": ("text, or json for programs", "text；程序用 json"),
    "verify.good": ("{unit}, {period}, return {number}: signed, and whole", "{unit} {period} 第 {number} 号：签名有效"),
    "verify.bad": (
        "{unit}, {period}, return {number}: the signature does not stand",
        "{unit} {period} 第 {number} 号：签名不成立",
    ),
    "verify.unsigned": ("{unit}, {period}, return {number}: not signed", "{unit} {period} 第 {number} 号：未签名"),
    "verify.unknown": (
        "{unit}, {period}, return {number}: signed, but nothing to verify it with",
        "{unit} {period} 第 {number} 号：已签名，但无从核对",
    ),
    "verify.read": ("{count} returns", "报送 {count} 份"),
}
