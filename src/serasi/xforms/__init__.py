"""The convention of forms: XLSForm, XForm, XPath, and what this house adds to it, the declaration of scores.

What a workbook says becomes a form (`authoring`), a form is read (`form`), and what was answered in it is evaluated
(`evaluate`). No models, no pages: instruments and their answers live in `serasi.assessments`.
"""
