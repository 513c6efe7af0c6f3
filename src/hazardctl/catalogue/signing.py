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
        "It is the signature of another return, number {about}, handed in again.",
        "重复使用了另一份报表（第 {about} 号）的签名。",
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
    "signing.about": ("{unit}, {period}, return {number}: {sentence}", "{unit} {period} 第 {number} 号：{sentence}"),
    "signing.campaign": ("It was signed for another campaign: {about}.", "这是为另一个活动签的名：{about}。"),
    "signing.said": (
        "returns.yaml says something else than what was signed: {about}.",
        "returns.yaml 的内容与签名时不同：{about}。",
    ),
    "signing.changed_since": (
        "{about} has gone on since it was signed; the journal holds every change, and the return counts as it was signed.",
        "{about} 在签名之后又有改动，留痕里逐项可查；报送以签名时的内容为准。",
    ),
    "signing.journal": (
        "The journal {about} is no longer the one that was signed.",
        "留痕 {about} 已不是签名时的样子。",
    ),
    "signing.unsigned": (
        "It is not signed, although allowed_signers names a key for this unit.",
        "没有签名，而 allowed_signers 里登记了该单位的公钥。",
    ),
    "signing.unknown_signers": (
        "There is no allowed_signers beside campaign.yaml or in a superior's folder: nobody says whose key counts.",
        "campaign.yaml 旁边和上级单位的文件夹里都没有 allowed_signers，无从判断谁的公钥有效。",
    ),
}
