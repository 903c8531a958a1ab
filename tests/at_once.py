"""Several people who do the same at one moment, each with a connection of their own."""

import threading

from django.db import connection

PEOPLE = 8


def at_once(task):
    """What each of them met; None where it went through."""
    met, gate = [], threading.Barrier(PEOPLE)

    def run(place):
        try:
            gate.wait()
            task(place)
            met.append(None)
        except Exception as error:
            met.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return met
