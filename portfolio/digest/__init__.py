"""What a reader gets by mail each week: when (`schedule`), what (`content`, drawn from the
object the dashboard is drawn from), and how it looks (`mails`)."""
