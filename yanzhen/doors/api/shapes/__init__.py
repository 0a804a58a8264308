"""What goes in and out, field by field: these classes are the reference of the API.

Answers are written as plain dicts by the functions beside the classes and never validated again
on their way out (that costs more than lending itself); the tests hold every answer against its
shape.
"""
