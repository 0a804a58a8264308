"""Suppliers' lists 书商目录 in, orders out, as Excel or CSV."""
