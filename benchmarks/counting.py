"""Says in a header how many questions to the database an answer took."""

from django.db import connection


class CountQueries:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count = Count()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response["X-Queries"] = count.queries
        return response


class Count:
    queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)
