"""What other rooms may use of files."""

from zhiben.files.domain.states import Derived
from zhiben.files.domain.types import ALLOWED, CSV, HEIC, PICTURES, XLS, XLSX
from zhiben.files.events import FileKept
from zhiben.files.permissions import FilePermission
from zhiben.files.selectors import FileView, file_for, files_of, files_of_all, looks_of, pictures_wait
from zhiben.files.services import keep_file, rehang_files, shred_file
from zhiben.files.store import derived_path, original_path

__all__ = [
    "ALLOWED",
    "CSV",
    "HEIC",
    "PICTURES",
    "XLS",
    "XLSX",
    "Derived",
    "FileKept",
    "FilePermission",
    "FileView",
    "derived_path",
    "file_for",
    "files_of",
    "files_of_all",
    "keep_file",
    "looks_of",
    "original_path",
    "pictures_wait",
    "rehang_files",
    "shred_file",
]
