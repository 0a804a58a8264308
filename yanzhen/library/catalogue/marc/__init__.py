"""MARC records: reading files as they really are, keeping them losslessly, deriving from them.

No Django here: a file of a million records is read in worker processes without settings.
"""
