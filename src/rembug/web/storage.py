"""Static files under names that carry their content's hash, inside our own scripts too."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

Converter = Callable[[re.Match[str]], str]
OURS = ("reports/", "web/", "people/", "audit/")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types for it
    """Also rewrites `import` in modules: without it a phone could mix an old module with a new one."""

    support_js_module_import_aggregation = True

    def url_converter(
        self, name: str, hashed_files: Mapping[str, str], template: str | None = None
    ) -> Converter:
        """Leave other packages' scripts as they are: some name files in comments that they do not ship."""
        if name.endswith(".js") and not name.startswith(OURS):
            return lambda match: str(match.group(0))
        convert: Any = super().url_converter(name, hashed_files, template)
        return lambda match: str(convert(match))
