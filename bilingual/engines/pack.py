"""A package as one file, to be sent elsewhere."""

import io
import zipfile

from bilingual.engines.packages import InstalledPackage, package_files
from bilingual.errors import PackageError


def pack_package(package: InstalledPackage) -> bytes:
    """An .argosmodel file of a package, the same bytes for the same package; raises PackageError."""
    data = io.BytesIO()
    try:
        with zipfile.ZipFile(data, "w") as archive:
            for path in package_files(package.folder):
                entry = zipfile.ZipInfo(f"{package.name}/{path}")
                archive.writestr(entry, (package.folder / path).read_bytes())
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise PackageError(str(package.folder), what, "check its permissions or install it again") from error
    return data.getvalue()
