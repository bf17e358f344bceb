"""The number a document bears: office code, series, year in six-angled brackets, running number without zeros."""


def document_number(office_code: str, series: str, year: int, running: int) -> str:
    """Write a document's number.

    >>> document_number("川应急", "函", 2026, 12)
    '川应急函〔2026〕12号'
    """
    return f"{office_code}{series}〔{year}〕{running}号"
