"""The process that opens uploaded workbooks: alone, small, without environment, killed when it grows."""
