from serasi.surveys.queries.surveys import surveys_of

__all__ = ["surveys_of"]
