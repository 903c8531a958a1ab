"""Which module writes which kind of mail, or of post to a channel, and asks again before
it leaves: see core/deliveries/__init__.py."""

DELIVERY_KINDS: dict[str, str] = {
    "invitation": "core.mails.invitation",
    "alert_opened": "decisions.mails",
    "alert_escalated": "decisions.escalation_mails",
    "commitment_overridden": "decisions.override_mails",
    "follow_up_due": "decisions.follow_up_mails",
    "comment_mention": "portfolio.mention_mails",
    "comment_reply": "portfolio.reply_mails",
    "guest_code": "portfolio.guest_mails",
    "guest_reply": "portfolio.guest_reply_mails",
    "digest": "portfolio.digest.mails",
    "digest_invited": "portfolio.digest.invitations",
    "alert_post": "portfolio.posts.alerts",
    "digest_post": "portfolio.posts.digests",
    "channel_test": "core.mails.channel_test",
}
