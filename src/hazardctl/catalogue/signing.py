"""What speaks against a signed return."""

MESSAGES: dict[str, tuple[str, str]] = {
    "signing.no_program": (
        "ssh-keygen is not to be found; signing needs OpenSSH 8.2 or later.",
        "没有找到 ssh-keygen；签名需要 OpenSSH 8.2 以上。",
    ),
    "signing.refused": ("{path}: nothing was signed ({cause})", "{path}：没有签成（{cause}）"),
    "signing.unreadable": ("The manifest cannot be read.", "清单读不出来。"),
    "signing.altered": (
        "The signature is not one of this manifest: one of the two was altered.",
        "签名与清单不符：其中之一被改过。",
    ),
    "signing.signer": (
        "Somebody else signed it: {about}.",
        "签名人不对，实为：{about}。",
    ),
    "signing.unit": ("It is the return of another unit: {about}.", "这是另一个单位的报表：{about}。"),
    "signing.period": ("It is the return of another period: {about}.", "这是另一个报告期的报表：{about}。"),
    "signing.replay": (
        "An earlier return was handed in again: number {about}.",
        "重复使用了以前的报表：第 {about} 号。",
    ),
    "signing.manifest_line_ends": (
        "The manifest's line ends were converted on the way; what it says is whole.",
        "清单的换行符在传送中被转换，内容完好。",
    ),
    "signing.line_ends": (
        "{about}: its line ends were converted on the way; what it says is whole.",
        "{about}：换行符在传送中被转换，内容完好。",
    ),
    "signing.swapped": ("{about}: is not the file that was signed.", "{about}：不是签名时的文件。"),
    "signing.missing": ("{about}: was signed and is not there.", "{about}：签过名，但文件不在。"),
}
