"""From what an author wrote to a form: read it, understand what it declares, write its scores, convert, check.

The one door is `serasi.xforms.authoring.publish.author`. An instrument is written as a workbook (XLSX) or as the same
sheets in Markdown, which is how ours stand in git.
"""
