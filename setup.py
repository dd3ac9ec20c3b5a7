"""For `python setup.py bdist_egg` and scrapyd-deploy; everything stands in pyproject.toml."""

from setuptools import setup

setup()
