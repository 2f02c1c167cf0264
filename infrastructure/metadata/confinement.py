"""PDF is parsed by a large program in C++: it works in a process of its own.

Neither settings nor keys reach that process, and its memory, time and output have limits.
"""

import resource
import subprocess
import sys
from typing import BinaryIO, Final

from infrastructure.metadata.data import Data, NotCleanable

PROGRAM: Final = "infrastructure.metadata.pdf"
REFUSED: Final = 3
"""How the program ends when it can say why it did not clean."""
MOST_MEMORY: Final = 512 << 20
MOST_SECONDS: Final = 20
LARGEST: Final = 256 << 20


def clean_confined(data: Data, target: BinaryIO) -> None:
    """Let the program read the data and write the target, which is a file on the disk."""
    if len(data) > LARGEST:
        raise NotCleanable("too large a PDF")
    target.flush()
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", PROGRAM],
            input=data[:],
            stdout=target,
            stderr=subprocess.PIPE,
            env={},
            timeout=2 * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotCleanable("a PDF that takes too long") from error
    if done.returncode == REFUSED:
        raise NotCleanable(done.stderr.decode())
    if done.returncode:
        raise NotCleanable("a PDF that is broken or too large")


def confine() -> None:
    """Take from this process what it does not need for one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
