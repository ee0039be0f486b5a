"""Reading and writing text files: one clear error for a bad path, and no half-written file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENOENT
from pathlib import Path

from natlat_sym.errors import UnreadableFile


def read_text(path: str | os.PathLike[str], what: str = "a text file") -> str:
    """Return the text of a UTF-8 file, without its byte-order mark if it has one.

    Parameters
    ----------
    path : path
        The file.
    what : str
        What the file should be, for the error message.

    Returns
    -------
    str

    Raises
    ------
    UnreadableFile
        When the path is missing, a directory, not readable, or not UTF-8.

    Examples
    --------
    >>> read_text(".", "a law file")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.UnreadableFile: expected a law file, '.' is a directory
    """
    try:
        if not os.fspath(path):
            raise OSError(ENOENT, "the path is empty")
        return Path(path).read_text(encoding="utf-8-sig")
    except IsADirectoryError:
        reason = "is a directory"
    except FileNotFoundError:
        reason = "does not exist"
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 text (byte {error.start})"
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
    raise UnreadableFile(f"expected {what}, {os.fspath(path)!r} {reason}", path=os.fspath(path))


def require_writable(path: str | os.PathLike[str]) -> None:
    """Refuse a place where `write_aside` would fail; ask before work that takes long.

    Parameters
    ----------
    path : path
        Where a file shall be.

    Raises
    ------
    UnreadableFile
        When the folder is missing or not writable, or the path is a directory.

    Examples
    --------
    >>> require_writable("no-such-folder/page.html")
    Traceback (most recent call last):
        ...
    natlat_sym.errors.UnreadableFile: expected a path that can be written, the folder of \
'no-such-folder/page.html' does not exist
    """
    with _said(path):
        target = _target(path)
        if not _is_device(target):
            handle, name = _aside(target)
            os.close(handle)
            os.unlink(name)


def write_aside(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file beside its place, then rename: the old file survives any failure.

    Parameters
    ----------
    path : path
        Where the file shall be; a link is followed, and a device or pipe is written to.
    text : str
        Its new content, written as UTF-8.

    Raises
    ------
    UnreadableFile
        When the folder is missing or not writable, or the path is a directory.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_aside(pathlib.Path(folder, "a.txt"), "exact")
    ...     pathlib.Path(folder, "a.txt").read_text()
    'exact'
    """
    with _said(path):
        target = _target(path)
        if _is_device(target):
            target.write_text(text, encoding="utf-8")
            return
        handle, name = _aside(target)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            os.chmod(name, _mode(target))
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise


def _target(path: str | os.PathLike[str]) -> Path:
    if not os.fspath(path):
        raise FileNotFoundError(ENOENT, "the path is empty")
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES))
    return target if _is_device(target) else Path(os.path.realpath(target))


def _is_device(target: Path) -> bool:
    return target.exists() and not target.is_file()


def _aside(target: Path) -> tuple[int, str]:
    return tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent, text=True)


@contextmanager
def _said(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says of a path into one sentence."""
    try:
        yield
    except OSError as error:
        shown = repr(os.fspath(path))
        if not os.fspath(path):
            reason = "got an empty one"
        elif isinstance(error, FileNotFoundError):
            reason = f"the folder of {shown} does not exist"
        elif isinstance(error, IsADirectoryError):
            reason = f"{shown} is a directory"
        else:
            reason = f"{shown}: {error.strerror}"
        raise UnreadableFile(
            f"expected a path that can be written, {reason}", path=os.fspath(path)
        ) from error


def _mode(target: Path) -> int:
    """Return the permissions of a file that is replaced, or those of a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
