"""What is said about an address that was entered and is not connected to."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.url_refused": ("不能连接这个地址。", "This address is not connected to."),
    "error.url_malformed": (
        "地址格式不正确；请写成 https://名称/路径。",
        "This is not an address as it should be; write https://name/path.",
    ),
    "error.url_scheme": (
        "地址须以下列之一开头：{schemes}。",
        "The address must begin with one of these: {schemes}.",
    ),
    "error.url_credentials": (
        "地址中不要写用户名或密码；请填在各自的栏里。",
        "Leave user name and password out of the address; they have fields of their own.",
    ),
    "error.url_port": (
        "端口 {port} 不在许可之列；可由运维人员加入 outgoing_ports。",
        "Port {port} is not allowed; the operator can add it to outgoing_ports.",
    ),
    "error.url_host_unknown": (
        "找不到主机 {host}，请检查写法，稍后再试。",
        "The host {host} cannot be found; check how it is written, and try again later.",
    ),
    "error.url_internal": (
        "{host} 位于本机或未许可的内部网络；可由运维人员把该网段加入 outgoing_networks。",
        "{host} leads to this machine or to an internal network that is not allowed; the operator "
        "can add the network to outgoing_networks.",
    ),
    "error.fetch_failed": (
        "{host} 没有正常应答，请稍后再试。",
        "{host} did not answer as it should; try again later.",
    ),
    "error.fetch_too_large": (
        "{host} 的应答超过 {most_kb} KB。",
        "The answer of {host} is larger than {most_kb} KB.",
    ),
    "error.fetch_too_slow": (
        "{host} 在 {most_s} 秒内没有答完。",
        "{host} did not finish its answer within {most_s} seconds.",
    ),
    "error.fetch_too_many_redirects": (
        "{host} 转接次数过多。",
        "{host} led from one address to the next too often.",
    ),
}
