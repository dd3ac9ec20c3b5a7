"""The report of a release: the run's story in one HTML file that needs nothing else."""

from harvester.explorer.report.write import report_html

__all__ = ["report_html"]
