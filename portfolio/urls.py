from django.urls import path

from portfolio.views import (
    calendars,
    comments,
    data,
    digest_links,
    digests,
    inbox,
    mail_links,
    report,
    samples,
    setup,
    share_comments,
    share_guests,
    share_links,
    shared,
    today,
)

app_name = "portfolio"
VENTURE = "w/<slug:workspace_slug>"
PLACE = "s/view/<str:place>"
DIGEST = f"{VENTURE}/settings/digest"
MAILED = "digest/<str:token>"

urlpatterns = [
    path("setup/", setup.setup, name="setup"),
    path("ventures/new/", setup.venture_add, name="venture_add"),
    path("ventures/samples/", samples.sample_list, name="sample_list"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("w/<slug:workspace_slug>/", today.today, name="today"),
    path(
        "w/<slug:workspace_slug>/settings/data/",
        data.settings_data,
        name="settings_data",
    ),
    path(
        "w/<slug:workspace_slug>/settings/data/export/",
        data.export_add,
        name="export_add",
    ),
    path(
        "w/<slug:workspace_slug>/settings/data/exports/<uuid:pk>/",
        data.export_download,
        name="export_download",
    ),
    path(
        "w/<slug:workspace_slug>/settings/data/remove-sample/",
        data.sample_remove,
        name="sample_remove",
    ),
    # the dashboard of those who advise
    path(f"{VENTURE}/shared/", shared.shared, name="shared"),
    path(f"{VENTURE}/shared/read/", shared.shared_read, name="shared_read"),
    path(f"{VENTURE}/shared/ask/", shared.ask_edit, name="ask_edit"),
    path(f"{VENTURE}/report/", report.report, name="report"),
    path(
        f"{VENTURE}/settings/sharing/",
        share_links.settings_sharing,
        name="settings_sharing",
    ),
    path(
        f"{VENTURE}/settings/sharing/<uuid:pk>/revoke/",
        share_links.share_revoke,
        name="share_revoke",
    ),
    path(
        f"{VENTURE}/settings/sharing/guests/<uuid:pk>/end/",
        share_guests.guest_end,
        name="guest_end",
    ),
    # comments, on whatever has an id
    path(f"{VENTURE}/comments/", comments.thread_list, name="thread_list"),
    path(f"{VENTURE}/comments/<int:number>/", comments.comment_go, name="comment_go"),
    path(
        f"{VENTURE}/comments/<int:number>/correct/",
        comments.comment_correct,
        name="comment_correct",
    ),
    path(
        f"{VENTURE}/comments/threads/<uuid:pk>/",
        comments.thread_detail,
        name="thread_detail",
    ),
    path(
        f"{VENTURE}/comments/threads/<uuid:pk>/resolve/",
        comments.thread_resolve,
        name="thread_resolve",
    ),
    path(
        f"{VENTURE}/comments/threads/<uuid:pk>/reopen/",
        comments.thread_reopen,
        name="thread_reopen",
    ),
    path(
        f"{VENTURE}/comments/<slug:about>/<uuid:pk>/",
        comments.comment_list,
        name="comment_list",
    ),
    # the digest
    path(f"{DIGEST}/", digests.settings_digest, name="settings_digest"),
    path(f"{DIGEST}/mails/", digests.mail_choices, name="mail_choices"),
    path(f"{DIGEST}/rhythm/", digests.digest_rhythm, name="digest_rhythm"),
    path(f"{DIGEST}/preview/", digests.digest_preview, name="digest_preview"),
    path(f"{DIGEST}/test/", digests.digest_test, name="digest_test"),
    path(f"{DIGEST}/words/", digests.digest_words, name="digest_words"),
    path(f"{DIGEST}/readers/", digests.digest_invite, name="digest_invite"),
    path(
        f"{DIGEST}/readers/<uuid:pk>/remove/",
        digests.digest_remove,
        name="digest_remove",
    ),
    path(f"{MAILED}/", digest_links.digest_open, name="digest_open"),
    path(
        f"{MAILED}/unsubscribe/",
        digest_links.digest_unsubscribe,
        name="digest_unsubscribe",
    ),
    path(
        f"{MAILED}/resubscribe/",
        digest_links.digest_resubscribe,
        name="digest_resubscribe",
    ),
    path(f"{MAILED}/confirm/", digest_links.digest_confirm, name="digest_confirm"),
    path("mails/<str:token>/off/", mail_links.mail_off, name="mail_off"),
    path("mails/<str:token>/on/", mail_links.mail_on, name="mail_on"),
    # dates, for calendars outside
    path(
        f"{VENTURE}/settings/calendar/",
        calendars.settings_calendar,
        name="settings_calendar",
    ),
    path(
        f"{VENTURE}/settings/calendar/revoke/",
        calendars.calendar_revoke,
        name="calendar_revoke",
    ),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    # by a link, without an account
    path(f"{PLACE}/", share_links.share_dashboard, name="share_dashboard"),
    path(f"{PLACE}/report/", report.share_report, name="share_report"),
    path(f"{PLACE}/read/", share_links.share_read, name="share_read"),
    path(f"{PLACE}/unlock/", share_links.share_unlock, name="share_unlock"),
    path(f"{PLACE}/comments/", share_comments.share_threads, name="share_threads"),
    path(
        f"{PLACE}/comments/<int:number>/",
        share_comments.share_comment,
        name="share_comment",
    ),
    path(
        f"{PLACE}/comments/<int:number>/correct/",
        share_comments.share_correct,
        name="share_correct",
    ),
    path(
        f"{PLACE}/comments/threads/<uuid:pk>/",
        share_comments.share_thread,
        name="share_thread",
    ),
    path(
        f"{PLACE}/comments/<slug:about>/<uuid:pk>/",
        share_comments.share_comments,
        name="share_comments",
    ),
    path(f"{PLACE}/who/", share_guests.share_who, name="share_who"),
    path(f"{PLACE}/who/code/", share_guests.share_code, name="share_code"),
    path(f"{PLACE}/who/forget/", share_guests.share_forget, name="share_forget"),
    path("s/answers/<str:token>/", share_guests.replies_stop, name="replies_stop"),
    path("s/<str:token>/", share_links.share_open, name="share_open"),
]
