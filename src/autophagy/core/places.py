"""Places: paths as specs keep them, of which a page shows the last part."""

import os


def named(path: str) -> str:
    """A path that ends in a name: of `.` or `..`, the folder's own, where it has one and can be reached by it."""
    if os.path.basename(path.rstrip(os.sep)) not in (os.curdir, os.pardir) or not os.path.isdir(path):
        return path
    by_name = os.path.normpath(os.path.join(path, os.pardir, os.path.basename(os.path.realpath(path))))
    same = os.path.isdir(by_name) and os.path.samefile(by_name, path) and os.path.basename(by_name) != os.pardir
    return by_name if same else path


def shown(path: str) -> str:
    """What a page calls a path, since pages are passed on: its last part where it says where on the machine it is."""
    return (os.path.basename(path.rstrip(os.sep)) or path) if path.startswith((os.sep, os.curdir, "~")) else path
