"""Names of conflict copies: every product's, and the ordinary names that look a little like them."""

from __future__ import annotations

import pytest

from hazardctl.merging.copies import copy_of

NAMES = [
    ("ledger.sync-conflict-20260105-101530-ABCDEFG.csv", "ledger.csv", "Syncthing", "strong"),
    ("ledger (conflicted copy 2026-01-05 101530).csv", "ledger.csv", "Nextcloud", "strong"),
    ("ledger (conflicted copy 张三 2026-01-05 101530).csv", "ledger.csv", "Nextcloud", "strong"),
    ("ledger (张三's conflicted copy 2026-01-05).csv", "ledger.csv", "Dropbox", "strong"),
    ("ledger (PC-3’s conflicted copy 2026-01-05 (1)).csv", "ledger.csv", "Dropbox", "strong"),
    ("ledger (SFConflict user@x.cn 2026-01-05-10-15-30).csv", "ledger.csv", "Seafile", "strong"),
    ("ledger.csv (SFConflict user@x.cn 2026-01-05-10-15-30)", "ledger.csv", "Seafile", "strong"),
    ("ledger-NSConflict-张三-DESKTOP.csv", "ledger.csv", "Nutstore", "strong"),
    ("ledger-冲突-张三.csv", "ledger.csv", "Nutstore", "strong"),
    ("ledger(办公室电脑的冲突副本1_2026-01-05 10-15-30).csv", "ledger.csv", "Nutstore", "strong"),
    ("ledger-DESKTOP-7G3K-safeBackup-0001.csv", "ledger.csv", "OneDrive", "strong"),
    ("ledger_NAS_Jan-05-1015-2026_Conflict.csv", "ledger.csv", "Synology", "strong"),
    ("ledger.Conflict.csv", "ledger.csv", "Resilio", "strong"),
    ("ledger-副本.xlsx", "ledger.xlsx", "WPS", "weak"),
    ("ledger - 副本.xlsx", "ledger.xlsx", "Explorer", "weak"),
    ("ledger - 副本 (2).csv", "ledger.csv", "Explorer", "weak"),
    ("ledger-DESKTOP-7G3K.csv", "ledger.csv", "OneDrive", "weak"),
    ("ledger (1).csv", "ledger.csv", "download", "weak"),
    ("ledger 2.csv", "ledger.csv", "iCloud", "weak"),
    ("城关镇（八月）.sync-conflict-20260105-101530-ABCDEFG.yaml", "城关镇（八月）.yaml", "Syncthing", "strong"),
]


@pytest.mark.parametrize(("name", "original", "product", "strength"), NAMES)
def test_a_copy_is_known_by_its_name(name: str, original: str, product: str, strength: str) -> None:
    copy = copy_of(name)
    assert copy is not None
    assert (copy.original, copy.product, copy.strength) == (original, product, strength)


@pytest.mark.parametrize(
    "name",
    [
        "隐患冲突处置表.csv", "unit_001.csv", "report(城东).docx", "ledger.csv", "figures.csv", "ledger.conflicts.csv",
        "2022.csv", "conflict.csv", "Conflict.csv", "复制品台账.csv", "台账-八月.csv", "台账2022.csv",
        "冲突-处置.csv", "副本.csv",
        "ledger.lock.d", ".~ledger.csv", "注意事项(副本管理).csv", "copy.csv", "矛盾冲突(2026-01-05).csv",
    ],
)  # fmt: skip
def test_an_ordinary_name_is_nobodys_copy(name: str) -> None:
    assert copy_of(name) is None
