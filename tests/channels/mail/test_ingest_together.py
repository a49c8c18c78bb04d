"""Several who fetch the same mail in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from huiyin.contacts.models import Contact, Message
from tests.cast import factory
from tests.channels.mail.conftest import Post
from tests.channels.mail.letters import letter


@pytest.mark.django_db(transaction=True)
def test_four_fetchers_take_the_same_mail_in_once() -> None:
    post = Post(factory("base"))

    def fetch(_: int) -> tuple[int, bool]:
        try:
            found = post.take(letter())
            return found.contact.pk, found.again
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(fetch, range(4)))
    assert (Contact.objects.count(), Message.objects.count()) == (1, 1)
    assert sorted(again for _, again in answers) == [False, True, True, True]
    assert {pk for pk, _ in answers} == {Contact.objects.get().pk}
