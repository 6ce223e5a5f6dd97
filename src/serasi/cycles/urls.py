"""Addresses of this app: the list of a unit, cohorts, the cycles of a case, a review, ratings, one's own."""

from django.urls import path

from serasi.cycles.views import case, cohort, cycle, own, rating, review

app_name = "cycles"
urlpatterns = [
    path("siklus/", cohort.cycles, name="list"),
    path("siklus/saya/", own.own, name="own"),
    path("siklus/unit/", cohort.units, name="units"),
    path("siklus/unit/<uuid:pk>/aturan/", cohort.practice, name="practice"),
    path("siklus/unit/<uuid:unit_id>/angkatan/", cohort.start_cohort, name="start_cohort"),
    path("siklus/angkatan/<uuid:cohort_id>/", cohort.cohort, name="cohort"),
    path("siklus/angkatan/<uuid:cohort_id>/susulan/", cohort.join, name="join"),
    path("siklus/kasus/<uuid:case_id>/", case.of_case, name="of_case"),
    path("siklus/kasus/<uuid:case_id>/kurva/", case.curve, name="curve"),
    path("siklus/kasus/<uuid:case_id>/mulai/", cycle.start, name="start"),
    path("siklus/kasus/<uuid:case_id>/nilai/<slug:set_code>/", rating.rate, name="rate"),
    path("siklus/nilai/<uuid:rating_id>/betulkan/", rating.correct_rating, name="correct_rating"),
    path("siklus/nilai/<uuid:rating_id>/tarik/", rating.withdraw_rating, name="withdraw_rating"),
    path("siklus/<uuid:cycle_id>/akhiri/", cycle.end, name="end"),
    path("siklus/<uuid:cycle_id>/batalkan/", cycle.void, name="void"),
    path("siklus/<uuid:cycle_id>/lanjutkan/", cycle.resume, name="resume"),
    path("siklus/tinjauan/<uuid:review_id>/", review.review, name="review"),
    path("siklus/tinjauan/<uuid:review_id>/rencana/", review.plan, name="plan"),
    path("siklus/tinjauan/<uuid:review_id>/undangan/", review.invitations, name="invitations"),
    path("siklus/tinjauan/<uuid:review_id>/catat/", review.hold, name="hold"),
    path("siklus/tinjauan/<uuid:review_id>/betulkan/", review.correct, name="correct"),
    path("siklus/tinjauan/<uuid:review_id>/tarik/", review.withdraw, name="withdraw"),
]
