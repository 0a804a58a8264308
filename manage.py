#!/usr/bin/env python
"""Django's usual entry; `yanzhen` is the same with friendlier names."""

from yanzhen.config.command import main

if __name__ == "__main__":
    main()
