"""What people may be granted about bringing ledgers in and taking lists out."""

from zhiben.kernel.actor import Permission


class ExchangePermission(Permission):
    """Imports and exports. Whoever imports also needs `danger:import` where each danger lies."""

    MAKE_IMPORT = "import:make"
    VOID_IMPORT = "import:void"
    MAKE_EXPORT = "export:make"
