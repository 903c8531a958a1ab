"""What the text of this app's rows holds: see core/field_classes.py."""

from core.field_classes import FieldClass

CLASSES: dict[str, FieldClass] = {
    "SampleOrder.name": FieldClass.OPERATIONAL,
    "ShareLink.name": FieldClass.CONFIDENTIAL,
    "ShareLink.token_hash": FieldClass.SECRET,
    "ShareLink.passphrase": FieldClass.SECRET,
    "Ask.text": FieldClass.CONFIDENTIAL,
    "Comment.text": FieldClass.CONFIDENTIAL,
    "Guest.address": FieldClass.PERSONAL,
    "Guest.name": FieldClass.CONFIDENTIAL,
    "Guest.came_by": FieldClass.OPERATIONAL,
    "Guest.stop_hash": FieldClass.SECRET,
    "GuestBrowser.token_hash": FieldClass.SECRET,
    "Introduction.token_hash": FieldClass.SECRET,
    "Introduction.code_hash": FieldClass.SECRET,
    "Introduction.place": FieldClass.OPERATIONAL,
    "Introduction.text": FieldClass.CONFIDENTIAL,
    "Introduction.address": FieldClass.PERSONAL,
    "Introduction.name": FieldClass.CONFIDENTIAL,
    "CommentDraft.place": FieldClass.OPERATIONAL,
    "CommentDraft.text": FieldClass.CONFIDENTIAL,
    "DigestSubscription.address": FieldClass.PERSONAL,
    "DigestSubscription.name": FieldClass.CONFIDENTIAL,
    "DigestSubscription.zone": FieldClass.OPERATIONAL,
    "DigestSubscription.next_period": FieldClass.OPERATIONAL,
    "DigestSubscription.token_hash": FieldClass.SECRET,
    "Digest.period": FieldClass.OPERATIONAL,
    "Digest.key": FieldClass.OPERATIONAL,
    "Digest.token_hash": FieldClass.SECRET,
    "Digest.content": FieldClass.CONFIDENTIAL,
}
