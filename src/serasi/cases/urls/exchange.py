"""Referral, transfer, approvals and documents."""

from django.urls import path

from serasi.cases.views import approval, document, referral

urlpatterns = [
    path("kasus/<uuid:case_id>/rujukan/", referral.case_referrals, name="case_referrals"),
    path("kasus/<uuid:case_id>/rujukan/baru/", referral.write_referral, name="write_referral"),
    path("kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/", referral.case_referral, name="case_referral"),
    path("kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/ubah/", referral.change_referral, name="change_referral"),
    path(
        "kasus/<uuid:case_id>/rujukan/<uuid:referral_id>/tarik/", referral.withdraw_referral, name="withdraw_referral"
    ),
    path("kasus/rujukan/", referral.referrals, name="referrals"),
    path("kasus/rujukan/<uuid:referral_id>/", referral.referral, name="referral"),
    path("kasus/rujukan/<uuid:referral_id>/terima/", referral.accept_referral, name="accept_referral"),
    path("kasus/rujukan/<uuid:referral_id>/tolak/", referral.refuse_referral, name="refuse_referral"),
    path("kasus/rujukan/<uuid:referral_id>/pesan/", referral.write_message, name="write_message"),
    path("kasus/rujukan/<uuid:referral_id>/hasil/", referral.return_result, name="return_result"),
    path(
        "kasus/rujukan/<uuid:referral_id>/dokumen/<uuid:document_id>/",
        referral.referral_document,
        name="referral_document",
    ),
    path("kasus/persetujuan/", approval.approvals, name="approvals"),
    path("kasus/persetujuan/<uuid:approval_id>/", approval.approval, name="approval"),
    path("kasus/persetujuan/<uuid:approval_id>/tarik/", approval.withdraw_request, name="withdraw_request"),
    path("kasus/<uuid:case_id>/dokumen/", document.documents, name="documents"),
    path("kasus/<uuid:case_id>/dokumen/<uuid:document_id>/", document.document_download, name="document_download"),
    path(
        "kasus/<uuid:case_id>/dokumen/<uuid:document_id>/tarik/", document.withdraw_document, name="withdraw_document"
    ),
]
