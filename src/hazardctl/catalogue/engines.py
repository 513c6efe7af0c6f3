"""Words of the engines: where work on units runs."""

MESSAGES: dict[str, tuple[str, str]] = {
    "engines.option": (
        "where the units' files are gone through: on this machine, or on a cluster at an address",
        "在哪里读取各单位的文件：本机，或某个地址上的集群",
    ),
    "engines.progress": ("units", "单位"),
    "engines.no_address": (
        "--engine {engine}= wants the cluster's address after the sign; without the sign it runs on this machine.",
        "--engine {engine}= 的等号后面要写集群地址；不写等号则在本机运行。",
    ),
    "engines.no_number": (
        "--engine local={value}: how many processes? Write a number from 1.",
        "--engine local={value}：等号后面要写进程数，从 1 起。",
    ),
    "engines.not_installed": (
        "--engine {engine} stands on {module}, which is not installed here.",
        "--engine {engine} 要用到 {module}，本机没有安装。",
    ),
    "engines.not_installed.remedy": (
        "pip install 'hazardctl[{engine}]'",
        "pip install 'hazardctl[{engine}]'",
    ),
    "engines.unreachable": (
        "No cluster to work with at {address}: {reason}",
        "{address} 没有可用的集群：{reason}",
    ),
    "engines.unusable": (
        "The cluster at {address} cannot do the work: {reason}",
        "集群 {address} 无法完成这项工作：{reason}",
    ),
    "engines.not_there": (
        "The workers of {address} do not have hazardctl.",
        "集群 {address} 的工作节点没有安装 hazardctl。",
    ),
    "engines.not_there.remedy": (
        "Install there what is installed here: the same version, the same Python.",
        "在工作节点上装好与本机相同版本的 hazardctl 和 Python。",
    ),
    "engines.other_program": (
        "The worker on {host} runs {theirs}; here runs {ours}. They might not count alike.",
        "{host} 上的工作节点运行的是 {theirs}，本机是 {ours}，算出的结果可能不同。",
    ),
    "engines.other_program.remedy": (
        "Install there what is installed here: the same version, the same Python.",
        "在工作节点上装好与本机相同版本的 hazardctl 和 Python。",
    ),
    "engines.no_folder": (
        "The worker on {host} does not see the campaign's folder {folder}.",
        "{host} 上的工作节点看不到活动文件夹 {folder}。",
    ),
    "engines.no_folder.remedy": (
        "Mount it there under the same path, or keep the campaign in an object store.",
        "在工作节点上用同一路径挂载这个文件夹，或把活动放到对象存储里。",
    ),
    "engines.other_campaign": (
        "The worker on {host} sees other files in {folder}: campaign.yaml, the checklist or units.csv differ.",
        "{host} 上的工作节点在 {folder} 看到的 campaign.yaml、清单或 units.csv 与本机不同。",
    ),
    "engines.other_campaign.remedy": (
        "Where they have just been changed, run again once the share shows the same everywhere.",
        "如果刚改过这些文件，等共享文件夹同步好以后再运行一次。",
    ),
    "engines.no_process": (
        "The worker on {host} cannot start a process.",
        "{host} 上的工作节点无法启动进程。",
    ),
}
