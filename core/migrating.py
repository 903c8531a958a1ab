"""Many tables at once, when the database is made."""

from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """`CreateModel` operations that follow each other, done as one.

    Django renders every model that it knows anew for each table it adds, and all of ours
    hang together by their venture. Forgetting what was rendered costs one rendering for
    all of them: seconds of the first start, and of every test database.
    """

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # a cached property, made again when asked
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.operations)} models"
