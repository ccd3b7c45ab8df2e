"""What went wrong and what to do, in the two languages of the interface."""

from collections.abc import Sequence
from pathlib import Path

TAIL_LINES = 12


class Fault(Exception):
    """Set-up cannot go on. Each text says what happened and what to do next."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n\n{en}")
        self.zh, self.en = zh, en


CERTIFICATE = (
    "无法核实软件源的证书：本机没有根证书，或单位网络使用自己的根证书。\n"
    "请安装 ca-certificates（apt-get install ca-certificates），"
    "或把 SSL_CERT_FILE 设为单位根证书文件（PEM）后重新运行。",
    "The package index's certificate could not be verified: this machine has no root certificates, "
    "or your network uses one of its own.\n"
    "Install ca-certificates, or set SSL_CERT_FILE to your network's root certificates (PEM), "
    "and start again.",
)
NETWORK = (
    "连不上软件源。首次安装需要网络，装好以后可以离线运行。\n"
    "请检查网络和代理（https_proxy）；内网请用 PIP_INDEX_URL 和 npm_config_registry "
    "指向单位的镜像，然后重新运行：已完成的步骤不会重做。",
    "The package index cannot be reached. The first set-up needs a network; afterwards everything "
    "works offline.\n"
    "Check the network and the proxy (https_proxy); on an intranet point PIP_INDEX_URL and "
    "npm_config_registry at your mirrors and start again: finished steps are not repeated.",
)
ALTERED = (
    "下载的文件与锁定的校验值不符，已拒绝安装。\n"
    "可能是镜像损坏或内容被改动；请换一个镜像再试，不要跳过校验。",
    "A downloaded file does not match its recorded hash and was refused.\n"
    "The mirror may be damaged or tampered with; try another one, and do not skip the check.",
)
ABSENT = (
    "软件源里没有所需的版本。请换用完整的镜像，或请管理员同步后重新运行。",
    "The index does not have a version that is needed. Use a complete mirror, or have yours "
    "synchronised, and start again.",
)
DISK_FULL = (
    "磁盘空间不足。安装需要约 1 GB；请清理后重新运行。",
    "The disk is full. Set-up needs about 1 GB; make room and start again.",
)
OTHER = (
    "一个安装步骤失败。原因见上面的输出；排除后重新运行，已完成的步骤不会重做。",
    "A step of set-up failed. The output above says why; start again once it is put right: "
    "finished steps are not repeated.",
)

# In this order: a certificate error also says "connection error", so the specific goes first.
CAUSES: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("no space left", "enospc"), DISK_FULL),
    (("do not match the hashes", "eintegrity"), ALTERED),
    (
        (
            "certificate_verify_failed",
            "certificate verify failed",
            "self-signed certificate",
            "unable to get local issuer",
            "self_signed_cert",
            "unable_to_get_issuer",
            "unable_to_verify_leaf",
            "unable to verify the first certificate",
            "unable_to_get_issuer_cert_locally",
        ),
        CERTIFICATE,
    ),
    (
        (
            "name resolution",
            "name or service not known",
            "connection refused",
            "newconnectionerror",
            "network is unreachable",
            "timed out",
            "proxyerror",
            "proxy authentication",
            "enotfound",
            "eai_again",
            "econnrefused",
            "econnreset",
            "etimedout",
            "enetunreach",
        ),
        NETWORK,
    ),
    (("no matching distribution", "etarget", "e404"), ABSENT),
)


def cause_of(said: str) -> tuple[str, str]:
    """The likely cause in what a program said, as (Chinese, English) advice."""
    lowered = said.lower()
    for signs, advice in CAUSES:
        if any(sign in lowered for sign in signs):
            return advice
    return OTHER


def explain(command: Sequence[str], said: Sequence[str], log: Path) -> Fault:
    """A failed program as a Fault: its last lines, the likely cause, where the rest lies."""
    zh, en = cause_of("\n".join(said))
    tail = "\n".join(f"  | {line}" for line in said[-TAIL_LINES:])
    started = " ".join(Path(word).name for word in command[:4])
    return Fault(zh=f"{tail}\n\n{started} 失败。{zh}", en=f"{started} failed. {en}\n({log})")
