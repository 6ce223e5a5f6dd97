"""The file of helping one person: report, triage, agreement, assessment, conference, plan, services, monitoring,
referral, closure and after-care, with the stages that order them. Instruments and scores belong to `assessments`;
life inside an institution belongs to `residence`; who the person is belongs to `people`.
"""
